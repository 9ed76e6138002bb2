import { ChannelType, Locale, PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { GUILD_CHANNEL_TYPES, type PermissionName } from '../discord/index.ts';
import type { BendName, ChangeName } from './protocol.ts';

const place = { as: z.string(), channel: z.string() };
const file = z
  .object({ name: z.string(), contentType: z.string(), base64: z.base64() })
  .transform(({ name, contentType, base64 }) => ({
    name,
    contentType,
    content: new Uint8Array(Buffer.from(base64, 'base64')),
  }));
const value = z.union([z.string(), z.number(), z.boolean(), file]);
const filled = z.union([z.string(), z.boolean(), z.null(), z.array(z.string()), z.array(file)]);
const options = z.record(z.string(), value).default({});

/** What the page may ask for, by the last part of the path. */
export const deeds = {
  say: z.object({ ...place, content: z.string(), files: z.array(file).default([]) }),
  command: z.object({ ...place, command: z.string(), options }),
  autocomplete: z.object({ ...place, command: z.string(), options, option: z.string(), typed: z.string() }),
  press: z.object({ ...place, message: z.string(), customId: z.string() }),
  select: z.object({ ...place, message: z.string(), customId: z.string(), values: z.array(z.string()) }),
  submit: z.object({
    ...place,
    interaction: z.string(),
    values: z.record(z.string(), filled),
  }),
  react: z.object({ ...place, message: z.string(), emoji: z.string(), remove: z.boolean().default(false) }),
} as const;

export type DeedName = keyof typeof deeds;
export type Deed<Name extends DeedName> = z.infer<(typeof deeds)[Name]>;

const permission = z.enum(Object.keys(PermissionFlagsBits) as [PermissionName, ...PermissionName[]]); // It has some.
const id = z.string();
const words = z.string();

/** What can be changed, by the last part of `/play/change/…`. Names are looked at where they are taken. */
export const changes = {
  person: z.object({
    name: words,
    server: id.optional(),
    roles: z.array(id).default([]),
    locale: z.enum(Locale).default(Locale.EnglishUS),
  }),
  server: z.object({ name: words, owner: id }),
  channel: z.object({
    server: id,
    name: words,
    topic: words.default(''),
    type: z.literal(GUILD_CHANNEL_TYPES).default(ChannelType.GuildText),
  }),
  removeServer: z.object({ server: id }),
  removeChannel: z.object({ channel: id }),
  role: z.object({
    server: id,
    name: words,
    permissions: z.array(permission).default([]),
    color: z.int().min(0).max(0xffffff).default(0),
  }),
  roles: z.object({ server: id, person: id, roles: z.array(id) }),
  rolePermissions: z.object({ server: id, role: id, permissions: z.array(permission) }),
  permission: z.object({ channel: id, target: id, permission, allowed: z.boolean().nullable() }),
  invite: z.object({ server: id, person: id }),
  leave: z.object({ server: id, person: id }),
  directMessages: z.object({ person: id, open: z.boolean() }),
  direct: z.object({ person: id }),
} as const satisfies Record<ChangeName, z.ZodType>;

export type ChangeOf<Name extends ChangeName> = z.infer<(typeof changes)[Name]>;

/** What can be bent, by the last part of `/play/bend/…`. */
export const bends = {
  speed: z.object({ factor: z.number().positive().max(100_000) }),
  fault: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('noWriting'), channel: id, on: z.boolean() }),
    z.object({ kind: z.enum(['discordErrors', 'slowDiscord', 'gatewayDown']), on: z.boolean() }),
  ]),
} as const satisfies Partial<Record<BendName, z.ZodType>>;
