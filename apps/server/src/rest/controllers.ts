import { AccountController } from './account.controller.js';
import { AlarmController } from './alarm.controller.js';
import { AuthController } from './auth.controller.js';
import { ComponentController } from './component.controller.js';
import { DeviceProfileController } from './device-profile.controller.js';
import { DeviceController } from './device.controller.js';
import { EndpointsController } from './endpoints.controller.js';
import { HealthController } from './health.controller.js';
import type { RouteDefinition } from './route.js';
import { routesOf } from './route.js';
import { RuleChainController } from './rule-chain.controller.js';
import { TelemetryController } from './telemetry.controller.js';

/** All controllers of the API, in the order of the documentation. */
export const controllers = [
  AuthController,
  DeviceController,
  DeviceProfileController,
  TelemetryController,
  AlarmController,
  RuleChainController,
  ComponentController,
  AccountController,
  EndpointsController,
  HealthController,
] as const;

/** Every route of the API. */
export function allRoutes(): readonly RouteDefinition[] {
  return controllers.flatMap(routesOf);
}
