import type { APIEmbed } from 'discord-api-types/v10';
import type { Complaint } from '../errors.ts';

/** Characters over all embeds of a message (developer docs, "Embed Limits"). */
const MOST_CHARACTERS = 6_000;

/** The rules for embeds that the published description leaves out: the sum of characters, and that none is empty. */
export function embedComplaints(embeds: readonly APIEmbed[]): Complaint[] {
  const characters = embeds.reduce((sum, embed) => sum + charactersOf(embed), 0);
  return [
    ...embeds.flatMap((embed, index) => emptyComplaints(embed, index)),
    ...embeds.flatMap((embed, index) => fieldComplaints(embed, index)),
    ...(characters > MOST_CHARACTERS
      ? [
          {
            path: ['embeds'],
            code: 'MAX_EMBED_SIZE_EXCEEDED',
            message: `Embed size exceeds maximum size of ${MOST_CHARACTERS}`,
          },
        ]
      : []),
  ];
}

function charactersOf(embed: APIEmbed): number {
  const texts = [
    embed.title,
    embed.description,
    embed.footer?.text,
    embed.author?.name,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
  ];
  return texts.reduce((sum, text) => sum + [...(text ?? '')].length, 0);
}

function emptyComplaints(embed: APIEmbed, index: number): Complaint[] {
  const filled =
    embed.title ||
    embed.description ||
    embed.fields?.length ||
    embed.author?.name ||
    embed.footer?.text ||
    embed.image ||
    embed.thumbnail ||
    embed.timestamp;
  return filled ? [] : [required(['embeds', index, 'description'])];
}

function fieldComplaints(embed: APIEmbed, index: number): Complaint[] {
  return (embed.fields ?? []).flatMap((field, position) =>
    (['name', 'value'] as const)
      .filter((part) => field[part].trim() === '')
      .map((part) => required(['embeds', index, 'fields', position, part])),
  );
}

function required(path: Complaint['path']): Complaint {
  return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}
