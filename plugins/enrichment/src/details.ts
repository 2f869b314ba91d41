import { route, z, type FoundEntity, type Message, type Outcome } from '@fieldline/plugin-sdk';
import { fieldText } from './entity-fields.js';
import { fetchTo, foundText, withFetchTo, writerInto, type FetchTo } from './write-found.js';

/** Where each detail is in the entity, in ThingsBoard's order. The key in the message ends like the path begins. */
const details = {
  ID: 'id',
  TITLE: 'title',
  COUNTRY: 'country',
  CITY: 'city',
  STATE: 'state',
  ZIP: 'zip',
  ADDRESS: 'address',
  ADDRESS2: 'address2',
  PHONE: 'phone',
  EMAIL: 'email',
  ADDITIONAL_INFO: 'additionalInfo.description',
} as const;
type Detail = keyof typeof details;

/** Settings of the nodes that add the contact details of the customer and of the tenant. */
export const detailsFields = {
  detailsList: z
    .array(z.enum(Object.keys(details) as [Detail, ...Detail[]]))
    .min(1)
    .describe('Which details are added; those that are empty are passed over. Additional info is the description.')
    .meta({ title: 'Details' }),
  fetchTo,
};

export const detailsDefaults: { detailsList: Detail[]; fetchTo: FetchTo } = { detailsList: [], fetchTo: 'DATA' };

export const migrateDetails = { 0: withFetchTo('addToMetadata', 'METADATA') } as const;

interface Settings {
  readonly detailsList: readonly Detail[];
  readonly fetchTo: FetchTo;
}

/** Adds details of what `find` finds, each under the prefix and its name. */
export async function withDetails(
  message: Message,
  { detailsList, fetchTo: target }: Settings,
  prefix: 'customer_' | 'tenant_',
  find: () => Promise<FoundEntity>,
): Promise<Outcome<'Success', never>> {
  const write = writerInto(message, target);
  const { json } = await find();
  const found = detailsList.flatMap((detail) => {
    const path = details[detail];
    const text = fieldText(json, path);
    return typeof text === 'string' ? [[`${prefix}${path.replace(/\..*/, '')}`, foundText(text)] as const] : [];
  });
  return route('Success', write(new Map(found)));
}
