import type { ComponentType, WireComponent } from '@fieldline/api-contract';
import { componentParametersSchema, componentTypes, wireComponentSchema } from '@fieldline/api-contract';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { restErrors } from './errors.js';
import { REST_PARAMETER_LENGTH_MAX } from './limits.js';
import type { AnswerOf, InputOf } from './route.js';
import { defineRoute, Handles, Input } from './route.js';
import { COMPONENTS } from './tokens.js';

const area = 'Rule node catalogue';
const listComponents = defineRoute({
  method: 'GET',
  path: '/api/components',
  area,
  summary: 'Node types of some families, or all.',
  permission: 'component.read',
  query: componentParametersSchema,
  response: z.array(wireComponentSchema),
});
const listFamily = defineRoute({
  method: 'GET',
  path: '/api/components/:componentType',
  area,
  summary: 'Node types of one family.',
  permission: 'component.read',
  params: z.object({ componentType: z.enum(componentTypes).describe('Family.') }),
  response: z.array(wireComponentSchema),
});
const readComponent = defineRoute({
  method: 'GET',
  path: '/api/component/:clazz',
  area,
  summary: 'One node type, by its class or our own name.',
  permission: 'component.read',
  params: z.object({ clazz: z.string().max(REST_PARAMETER_LENGTH_MAX).describe('Class or type.') }),
  response: wireComponentSchema,
});

/** The catalogue of node types. */
@Controller()
export class ComponentController {
  readonly #components: readonly WireComponent[];

  constructor(@Inject(COMPONENTS) components: readonly WireComponent[]) {
    this.#components = components;
  }

  @Handles(listComponents)
  list(@Input() { query }: InputOf<typeof listComponents>): AnswerOf<typeof listComponents> {
    const families = query.componentTypes?.split(',').map((text) => text.trim().toUpperCase()) ?? componentTypes;
    return this.#components.filter(({ type }) => (families as readonly string[]).includes(type));
  }

  @Handles(listFamily)
  family(@Input() { params }: InputOf<typeof listFamily>): AnswerOf<typeof listFamily> {
    const wanted: ComponentType = params.componentType;
    return this.#components.filter(({ type }) => type === wanted);
  }

  @Handles(readComponent)
  read(@Input() { params }: InputOf<typeof readComponent>): AnswerOf<typeof readComponent> {
    const found = this.#components.find(({ clazz, configurationDescriptor: { nodeDefinition } }) =>
      [clazz, nodeDefinition.nodeType].includes(params.clazz),
    );
    if (found === undefined) throw restErrors.COMPONENT_UNKNOWN();
    return found;
  }
}
