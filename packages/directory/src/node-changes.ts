import type { EntityId, TenantId } from '@fieldline/model';
import type { EntitiesService, RelationEnds } from '@fieldline/plugin-sdk';

/** The rule node that wants something done. */
export interface ActingNode {
  readonly tenantId: TenantId;
  readonly id: string;
  /** The name the engineer gave it. */
  readonly name: string;
}

/** What rule nodes change in the directory of their tenant, as `EntitiesService` and `RelationsService` promise it. */
export interface NodeChanges {
  ensure(node: ActingNode, wanted: Parameters<EntitiesService['ensure']>[0]): ReturnType<EntitiesService['ensure']>;
  assign(node: ActingNode, entity: EntityId, customer: EntityId): Promise<void>;
  unassign(node: ActingNode, entity: EntityId, customer: EntityId | undefined): Promise<void>;
  saveRelation(node: ActingNode, relation: RelationEnds): Promise<void>;
  removeRelation(node: ActingNode, relation: RelationEnds): Promise<void>;
}
