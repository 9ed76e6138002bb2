import { z } from 'zod';
import type { InteractionRecord, MessageRecord } from '../discord/index.ts';

const SUBCOMMANDS = [1, 2];

interface Option {
  readonly name: string;
  readonly type: number;
  readonly options?: readonly Option[] | undefined;
}

const option: z.ZodType<Option> = z.looseObject({
  name: z.string(),
  type: z.number(),
  get options() {
    return z.array(option).optional();
  },
});

const interactionData = z.looseObject({
  name: z.string().optional(),
  custom_id: z.string().optional(),
  options: z.array(option).optional(),
});

/** What an interaction is called by whoever did it: `/craft`, `/config announcements`, “Cancel”. */
export function interactionTitle(
  { type, commandName }: InteractionRecord,
  data: unknown,
  message: MessageRecord | undefined,
): string {
  const { name = commandName, custom_id: customId = '', options } = interactionData.parse(data ?? {});
  if (type === 2) return `/${[name, ...subcommands(options)].join(' ')}`;
  if (type === 5) return `Form ${customId}`;
  return labelOf(message?.components, customId) ?? customId;
}

function subcommands(options: readonly Option[] = []): string[] {
  const [first] = options;
  return first && SUBCOMMANDS.includes(first.type) ? [first.name, ...subcommands(first.options)] : [];
}

/** What a button or a select says, wherever in the message it is. */
function labelOf(part: unknown, customId: string): string | undefined {
  if (Array.isArray(part)) return part.map((each) => labelOf(each, customId)).find((label) => label);
  if (typeof part !== 'object' || part === null) return undefined;
  const { custom_id: id, label, placeholder, components, accessory } = part as Record<string, unknown>;
  if (id === customId) {
    const words = label ?? placeholder;
    return typeof words === 'string' ? `“${words}”` : undefined;
  }
  return labelOf(components, customId) ?? labelOf(accessory, customId);
}
