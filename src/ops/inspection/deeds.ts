import { z } from 'zod';

/** What the bot can be asked to do. */
export const commandSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('finishNext'),
    guildId: z.string().exactOptional(),
    userId: z.string().exactOptional(),
  }),
]);

/** A command, with a number under which it is answered. */
export const askSchema = z.strictObject({ ask: z.int(), command: commandSchema });

export type InspectorCommand = z.infer<typeof commandSchema>;

/** Whose: of one person, of one server, or of everybody. */
export interface Whose {
  readonly guildId?: string;
  readonly userId?: string;
}

/** What ends earlier than it would have. */
export interface FinishedEarly {
  readonly kind: 'craft' | 'trip';
  readonly id: string;
  /** The recipe or the place. */
  readonly what: string;
  readonly guildId: string;
  readonly userId: string;
}

/** How the commands are carried out. */
export interface Deeds {
  /** Lets what ends next end now. @returns null when nothing is under way */
  finishNext(whose: Whose): FinishedEarly | null;
}

/** @returns what became of a command, as its answer tells it */
export function carryOut(deeds: Deeds, command: InspectorCommand): unknown {
  const { do: _, ...whose } = command;
  return deeds.finishNext(whose);
}
