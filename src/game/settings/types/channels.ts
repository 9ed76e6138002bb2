import { z } from 'zod';
import { refuse } from '../../refusal.ts';
import { channelIdSchema } from './channel.ts';

declare module '../../refusal.ts' {
  interface Refusals {
    tooManyChannels: { readonly count: number };
  }
}

/** Some channels, none of them twice. */
export interface ChannelsType {
  readonly kind: 'channels';
  readonly schema: z.ZodType<readonly string[]>;
  /** So many at the most. */
  readonly most: number;
  /** What taking one off the list is called, where adding one has the name of the setting's option. */
  readonly removal: string;
}

export function channels({ most, removal }: Pick<ChannelsType, 'most' | 'removal'>): ChannelsType {
  const schema = z
    .array(channelIdSchema)
    .max(most)
    .refine((list) => new Set(list).size === list.length, 'a channel is named twice');
  return { kind: 'channels', schema, most, removal };
}

/** A list with more channels on it. @throws Refusal tooManyChannels where they don't all fit */
export function withChannels(
  { most }: ChannelsType,
  list: readonly string[],
  more: readonly string[],
): readonly string[] {
  const all = [...new Set([...list, ...more])];
  return all.length > most ? refuse('tooManyChannels', { count: most }) : all;
}

/** A list without some channels. */
export function withoutChannels(list: readonly string[], gone: readonly string[]): readonly string[] {
  return list.filter((each) => !gone.includes(each));
}
