import type { Tenant } from '@fieldline/model';

const members = ['country', 'state', 'city', 'address', 'address2', 'zip', 'phone', 'email'] as const;

/** Address and ways to reach an organisation. */
export type ContactDraft = { readonly [M in (typeof members)[number]]?: string | undefined };

/** The members that are given. */
export function contactOf(draft: ContactDraft): Pick<Tenant, (typeof members)[number]> {
  return Object.fromEntries(members.flatMap((member) => (draft[member] === undefined ? [] : [[member, draft[member]]])));
}
