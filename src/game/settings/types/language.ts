import { z } from 'zod';

/** A language, by the name that Discord has for it, such as `de` or `en-US`; null: the server's own. */
export interface LanguageType {
  readonly kind: 'language';
  readonly schema: z.ZodType<string | null>;
}

export function language(): LanguageType {
  const locale = z.string().regex(/^[a-z]{2}(-[A-Z0-9]{2,4})?$/);
  return { kind: 'language', schema: locale.nullable() };
}
