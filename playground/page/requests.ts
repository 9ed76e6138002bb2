import { z } from 'zod';

const place = { as: z.string(), channel: z.string() };
const value = z.union([z.string(), z.number(), z.boolean()]);
const options = z.record(z.string(), value).default({});

/** What the page may ask for, by the last part of the path. */
export const deeds = {
  say: z.object({ ...place, content: z.string() }),
  command: z.object({ ...place, command: z.string(), options }),
  autocomplete: z.object({ ...place, command: z.string(), options, option: z.string(), typed: z.string() }),
  press: z.object({ ...place, message: z.string(), customId: z.string() }),
  select: z.object({ ...place, message: z.string(), customId: z.string(), values: z.array(z.string()) }),
  submit: z.object({
    ...place,
    interaction: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  }),
  react: z.object({ ...place, message: z.string(), emoji: z.string(), remove: z.boolean().default(false) }),
} as const;

export type DeedName = keyof typeof deeds;
export type Deed<Name extends DeedName> = z.infer<(typeof deeds)[Name]>;
