import { mayMeet } from '@fieldline/directory';
import { isProblem } from '@fieldline/kernel';
import type { Authority } from '@fieldline/model';
import type { EntityAccess } from '@fieldline/ports';
import { restErrors } from './errors.js';

const refusals: Readonly<Partial<Record<Authority, () => Error>>> = {
  SYS_ADMIN: restErrors.SYSTEM_ADMINISTRATOR_NOT_ALLOWED,
  CUSTOMER_USER: restErrors.CUSTOMER_USER_NOT_ALLOWED,
};

/** As the access it is given; those who have nothing to do with a type of entity are told so (rest-api.md §2, last table). */
export function telemetryAccess(access: EntityAccess): EntityAccess {
  return {
    async require(caller, entity, operation) {
      try {
        return await access.require(caller, entity, operation);
      } catch (error) {
        const isDenied = isProblem(error) && error.code === 'DIRECTORY_ACCESS_DENIED';
        const refusal = isDenied && !mayMeet(caller.authority, entity.entityType) ? refusals[caller.authority] : undefined;
        throw refusal?.() ?? error;
      }
    },
  };
}
