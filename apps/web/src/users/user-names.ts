import type { User } from '@fieldline/api-client';

export const authorityNames = {
  SYS_ADMIN: 'System administrator',
  TENANT_ADMIN: 'Administrator',
  CUSTOMER_USER: 'Customer user',
} as const satisfies Record<User['authority'], string>;

/** The name of a person; the email where nobody wrote one. */
export function personName({ firstName, lastName, email }: Pick<User, 'firstName' | 'lastName' | 'email'>): string {
  const name = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? email : name;
}
