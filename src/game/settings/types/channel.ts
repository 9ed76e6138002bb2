import { z } from 'zod';

/** The id of a channel, as Discord makes them. */
export const channelIdSchema = z.string().regex(/^\d{15,21}$/);

/** A channel in which the bot writes; null: none. */
export interface ChannelType {
  readonly kind: 'channel';
  readonly schema: z.ZodType<string | null>;
}

export function channel(): ChannelType {
  return { kind: 'channel', schema: channelIdSchema.nullable() };
}
