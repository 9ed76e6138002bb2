import { readFileSync, renameSync } from 'node:fs';
import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { GUILD_CHANNEL_TYPES, type LoopbackDiscord, type Places } from './discord/index.ts';
import { replaceFile } from './replaceFile.ts';

const id = z.string().regex(/^\d+$/);
const bits = z.string().regex(/^\d+$/);

const schema = z.object({
  users: z.array(
    z.object({
      id,
      name: z.string(),
      bot: z.boolean(),
      locale: z.string(),
      acceptsDirectMessages: z.boolean(),
    }),
  ),
  guilds: z.array(
    z.object({
      id,
      name: z.string(),
      ownerId: id,
      locale: z.string(),
      systemChannelId: id.nullable(),
      roles: z.array(
        z.object({
          id,
          name: z.string(),
          position: z.int(),
          color: z.int(),
          managed: z.boolean(),
          mentionable: z.boolean(),
          permissions: bits,
        }),
      ),
      members: z.array(
        z.object({
          userId: id,
          roleIds: z.array(id),
          joinedAt: z.number(),
          nick: z.string().nullable(),
          timedOutUntil: z.number().nullable(),
        }),
      ),
    }),
  ),
  channels: z.array(
    z.object({
      id,
      // Text, where it was kept before there was anything else.
      type: z.literal(GUILD_CHANNEL_TYPES).default(ChannelType.GuildText),
      guildId: id,
      name: z.string(),
      topic: z.string().nullable(),
      position: z.int(),
      overwrites: z.array(
        z.object({ id, type: z.union([z.literal(0), z.literal(1)]), allow: bits, deny: bits }),
      ),
    }),
  ),
  direct: z.array(z.object({ id, userId: id })),
});

/** People, servers and channels over a restart of the playground: the bot's world, which is kept, refers to them. */
export class KeptPlaces {
  readonly #discord: LoopbackDiscord;
  readonly #path: string;
  readonly #unsubscribe: () => void;
  #waiting: NodeJS.Immediate | undefined;

  /**
   * Puts what was kept in place, before the bot is started, and keeps what changes from now on.
   *
   * @param onTrouble gets a sentence when what was kept cannot be read: it is put aside, and nothing is changed
   */
  constructor(discord: LoopbackDiscord, path: string, onTrouble: (words: string) => void) {
    this.#discord = discord;
    this.#path = path;
    const kept = this.#read(onTrouble);
    if (kept) discord.putPlaces(kept);
    this.#unsubscribe = discord.log.subscribe(({ kind }) => {
      if (kind === 'place') this.#waiting ??= setImmediate(() => this.#write());
    });
  }

  /** Keeps what has changed last, and no more from now on. */
  close(): void {
    this.#unsubscribe();
    if (this.#waiting) this.#write();
  }

  #read(onTrouble: (words: string) => void): Places | undefined {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      return undefined;
    }
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      const aside = `${this.#path}.unreadable`;
      renameSync(this.#path, aside);
      onTrouble(`The kept people and servers cannot be read; they were put aside in ${aside}`);
      return undefined;
    }
  }

  #write(): void {
    clearImmediate(this.#waiting);
    this.#waiting = undefined;
    replaceFile(this.#path, `${JSON.stringify(this.#discord.places, null, 2)}\n`);
  }
}
