import { api } from '../api/api.js';
import { customerApi } from '../api/customer-api.js';
import type { SignedIn } from '../api/signed-in.js';
import { userApi } from '../api/customer-api.js';
import type { ChosenKind } from './chosen-kinds.js';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** So many are offered; the search finds the others. */
const CHOICES_MAX = 30;

/** The first entities of a kind that match a search, as far as who asks may see them. */
export async function choicesOf(kind: ChosenKind, textSearch: string, asker: SignedIn, signal: AbortSignal): Promise<Choice[]> {
  const query = {
    page: 0,
    pageSize: CHOICES_MAX,
    textSearch,
    sortProperty: kind === 'CUSTOMER' ? 'title' : kind === 'USER' ? 'email' : 'name',
    sortOrder: 'ASC',
  } as const;
  const { customerId } = asker;
  if (kind === 'CUSTOMER') return (await customerApi.page(query, signal)).data.map(({ id, title }) => ({ value: id.id, label: title }));
  if (kind === 'USER') return (await userApi.page({ of: 'tenant' }, query, signal)).data.map(({ id, email }) => ({ value: id.id, label: email }));
  const named =
    kind === 'RULE_CHAIN'
      ? await api.ruleChains(query, signal)
      : kind === 'DEVICE'
        ? await (customerId === undefined ? api.devices(query, signal) : customerApi.devices(customerId, query, signal))
        : await (customerId === undefined ? api.assets(query, signal) : customerApi.assets(customerId, query, signal));
  return named.data.map(({ id, name }) => ({ value: id.id, label: name }));
}

/** The name of one entity, as it is chosen by. @throws ApiFailure where it is gone, or not for who asks */
export async function nameOf(kind: ChosenKind, id: string, signal: AbortSignal): Promise<string> {
  switch (kind) {
    case 'DEVICE':
      return (await api.device(id, signal)).name;
    case 'ASSET':
      return (await api.asset(id, signal)).name;
    case 'CUSTOMER':
      return (await customerApi.one(id, signal)).title;
    case 'USER':
      return (await userApi.one(id, signal)).email;
    case 'RULE_CHAIN':
      return (await api.ruleChain(id, signal)).name;
  }
}
