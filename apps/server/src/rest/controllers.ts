import { AdminController } from './admin.controller.js';
import { AlarmCommandController } from './alarm-command.controller.js';
import { AlarmCommentController } from './alarm-comment.controller.js';
import { AlarmQueryController } from './alarm-query.controller.js';
import { AlarmController } from './alarm.controller.js';
import { AssetListController } from './asset-list.controller.js';
import { AssetProfileController } from './asset-profile.controller.js';
import { AssetController } from './asset.controller.js';
import { ApiKeyController } from './api-key.controller.js';
import { PasswordController } from './password.controller.js';
import { SystemController } from './system.controller.js';
import { UserController } from './user.controller.js';
import { UserListController } from './user-list.controller.js';
import { UserActivationController } from './user-activation.controller.js';
import { UserSettingsController } from './user-settings.controller.js';
import { AuditLogController } from './audit-log.controller.js';
import { AuthController } from './auth.controller.js';
import { BulkImportController } from './bulk-import.controller.js';
import { ComponentController } from './component.controller.js';
import { CustomerController } from './customer.controller.js';
import { DeadLetterController } from './dead-letter.controller.js';
import { DeviceClaimController } from './device-claim.controller.js';
import { DeviceCredentialsController } from './device-credentials.controller.js';
import { DeviceListController } from './device-list.controller.js';
import { DashboardAssignmentController } from './dashboard-assignment.controller.js';
import { DashboardController } from './dashboard.controller.js';
import { DeviceProfileController } from './device-profile.controller.js';
import { DeviceController } from './device.controller.js';
import { EndpointsController } from './endpoints.controller.js';
import { EntityQueryController } from './entity-query.controller.js';
import { EntityViewListController } from './entity-view-list.controller.js';
import { EntityViewController } from './entity-view.controller.js';
import { EventController } from './event.controller.js';
import { HealthController } from './health.controller.js';
import { HomeDashboardController } from './home-dashboard.controller.js';
import { KaaSeriesController } from './kaa-series.controller.js';
import { KaaSettingsController } from './kaa-settings.controller.js';
import { LedgerController } from './ledger.controller.js';
import { OtaPackageController } from './ota-package.controller.js';
import { QueueController } from './queue.controller.js';
import { PluginController } from './plugin.controller.js';
import { ProfileKeysController } from './profile-keys.controller.js';
import { RelationPathsController } from './relation-paths.controller.js';
import { RelationController } from './relation.controller.js';
import type { RouteDefinition } from './route.js';
import { routesOf } from './route.js';
import { RuleCallController } from './rule-call.controller.js';
import { RuleChainController } from './rule-chain.controller.js';
import { RuleChainTransferController } from './rule-chain-transfer.controller.js';
import { ScriptTestController } from './script-test.controller.js';
import { TelemetryRemovalController } from './telemetry-removal.controller.js';
import { TelemetrySaveController } from './telemetry-save.controller.js';
import { TelemetryController } from './telemetry.controller.js';
import { TenantProfileController } from './tenant-profile.controller.js';
import { TraceController } from './trace.controller.js';
import { TopicMappingController } from './topic-mapping.controller.js';
import { TenantController } from './tenant.controller.js';

/** All controllers of the API, in the order of the documentation. */
export const controllers = [
  AuthController,
  PasswordController,
  ApiKeyController,
  AdminController,
  UserController,
  UserListController,
  UserActivationController,
  UserSettingsController,
  TenantController,
  TenantProfileController,
  CustomerController,
  DeviceController,
  DeviceListController,
  DeviceCredentialsController,
  DeviceClaimController,
  DeviceProfileController,
  ProfileKeysController,
  AssetController,
  AssetListController,
  AssetProfileController,
  EntityViewController,
  EntityViewListController,
  BulkImportController,
  DashboardController,
  DashboardAssignmentController,
  HomeDashboardController,
  OtaPackageController,
  RelationController,
  EntityQueryController,
  AlarmQueryController,
  RelationPathsController,
  TelemetryController,
  TelemetrySaveController,
  TelemetryRemovalController,
  AlarmController,
  AlarmCommandController,
  AlarmCommentController,
  RuleChainController,
  RuleChainTransferController,
  LedgerController,
  ScriptTestController,
  RuleCallController,
  ComponentController,
  PluginController,
  QueueController,
  DeadLetterController,
  TraceController,
  SystemController,
  AuditLogController,
  EventController,
  TopicMappingController,
  KaaSeriesController,
  KaaSettingsController,
  EndpointsController,
  HealthController,
] as const;

/** Every route of the API. */
export function allRoutes(): readonly RouteDefinition[] {
  return controllers.flatMap(routesOf);
}
