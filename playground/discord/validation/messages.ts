import {
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
} from 'discord-api-types/v10';
import { type Complaint, refusals, refuseIfAny } from '../errors.ts';
import { componentComplaints } from './components.ts';
import { embedComplaints } from './embeds.ts';

/** What the bodies that make or change a message have in common, after Discord's description was held against them. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly APIMessageTopLevelComponent[] | null;
  readonly allowed_mentions?: APIAllowedMentions | null;
  readonly attachments?: readonly AttachmentBody[] | null;
  readonly flags?: number | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: { readonly message_id?: string } | null;
  readonly poll?: unknown;
  readonly sticker_ids?: readonly string[] | null;
}

/** A file of this request (`id` is its number) or one that the message already has (`id` is a snowflake). */
export interface AttachmentBody {
  readonly id: string;
  readonly filename?: string | null;
  readonly description?: string | null;
}

/** Characters of `content` (developer docs, "Create Message"). */
const MOST_CHARACTERS = 2_000;

/** A message as it will be when a body is taken. */
export interface Outlook {
  /** What it will hold: of one that is edited, also what the body leaves as it is. */
  readonly body: MessageBody;
  readonly flags: number;
  readonly fileNames: readonly string[];
}

/**
 * The rules of "Create Message" and "Edit Message" that the published description leaves out.
 *
 * @param outlook a message made of this body alone, if it isn't said
 * @throws ApiError 50035 with everything that is wrong, or 50006 for a message that would have nothing in it
 */
export function checkMessage(
  body: MessageBody,
  outlook: Outlook = { body, flags: body.flags ?? 0, fileNames: [] },
): void {
  const { flags, fileNames } = outlook;
  refuseIfAny([
    ...contentComplaints(body),
    ...embedComplaints(body.embeds ?? []),
    ...componentComplaints(body.components ?? [], flags, fileNames),
    ...legacyComplaints(outlook),
    ...mentionComplaints(body.allowed_mentions ?? undefined),
  ]);
  if (isEmpty(outlook)) throw refusals.emptyMessage();
}

function isEmpty({ body, fileNames }: Outlook): boolean {
  const written = (body.content ?? '').trim() !== '';
  return (
    !written &&
    !body.embeds?.length &&
    !body.components?.length &&
    !body.poll &&
    !body.sticker_ids?.length &&
    fileNames.length === 0
  );
}

function contentComplaints({ content }: MessageBody): Complaint[] {
  if ([...(content ?? '')].length <= MOST_CHARACTERS) return [];
  return [
    {
      path: ['content'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${MOST_CHARACTERS} or fewer in length.`,
    },
  ];
}

/**
 * Components V2 stand alone (developer docs, "Component Reference", "Legacy Message Component Behavior"): whoever makes
 * such a message of another one empties the rest.
 */
function legacyComplaints({ body, flags }: Outlook): Complaint[] {
  if ((flags & MessageFlags.IsComponentsV2) === 0) return [];
  const used = [
    ...(body.content ? ['content'] : []),
    ...(body.embeds?.length ? ['embeds'] : []),
    ...(body.poll ? ['poll'] : []),
    ...(body.sticker_ids?.length ? ['sticker_ids'] : []),
  ];
  return used.map((field) => ({
    path: [field],
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  }));
}

/** A kind may be parsed or listed, not both (developer docs, "Allowed Mentions Object"). */
function mentionComplaints(allowed: APIAllowedMentions | undefined): Complaint[] {
  const parse: readonly string[] = allowed?.parse ?? [];
  const both = (['users', 'roles'] as const).filter(
    (kind) => parse.includes(kind) && (allowed?.[kind]?.length ?? 0) > 0,
  );
  return both.map((kind) => ({
    path: ['allowed_mentions'],
    code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
  }));
}
