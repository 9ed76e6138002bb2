import { z } from 'zod';

/** A role of the server; null: none. */
export interface RoleType {
  readonly kind: 'role';
  readonly schema: z.ZodType<string | null>;
}

export function role(): RoleType {
  const roleId = z.string().regex(/^\d{15,21}$/);
  return { kind: 'role', schema: roleId.nullable() };
}
