import {
  type APIAllowedMentions,
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  ChannelType,
} from 'discord-api-types/v10';

/** A person or the bot. */
export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** Not somebody, but a name that a webhook writes under. */
  readonly webhook?: boolean;
  readonly locale: string;
  /** Whether the bot may write to them; a closed one answers 50007. */
  acceptsDirectMessages: boolean;
}

export interface RoleRecord {
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  readonly position: number;
  readonly color: number;
  /** Made by Discord for a bot. */
  readonly managed: boolean;
  readonly mentionable: boolean;
  permissions: bigint;
}

export interface MemberRecord {
  readonly userId: string;
  readonly roleIds: Set<string>;
  readonly joinedAt: number;
  readonly nick: string | null;
  /** Until when they are timed out; null: they aren't. Here it lasts until it is taken back. */
  timedOutUntil: number | null;
}

/** `type` 0 is a role's overwrite, 1 a member's (developer docs, "Overwrite Object"). */
export interface OverwriteRecord {
  readonly id: string;
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface GuildRecord {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  /** Where Discord itself greets who joins. */
  systemChannelId: string | null;
  readonly roles: Map<string, RoleRecord>;
  readonly members: Map<string, MemberRecord>;
}

/** What a channel of a server can be here. */
export const GUILD_CHANNEL_TYPES = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;
export type GuildChannelType = (typeof GUILD_CHANNEL_TYPES)[number];

export interface GuildChannelRecord {
  readonly kind: 'guild';
  readonly type: GuildChannelType;
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  readonly topic: string | null;
  readonly position: number;
  readonly overwrites: Map<string, OverwriteRecord>;
  readonly messages: Map<string, MessageRecord>;
  lastMessageId: string | null;
}

/** The direct messages between the bot and one person. */
export interface DirectChannelRecord {
  readonly kind: 'direct';
  readonly id: string;
  readonly userId: string;
  readonly messages: Map<string, MessageRecord>;
  lastMessageId: string | null;
}

export type ChannelRecord = GuildChannelRecord | DirectChannelRecord;

/** Who is really notified by a message, after `allowed_mentions` and permissions. */
export interface Pinged {
  readonly userIds: readonly string[];
  readonly roleIds: readonly string[];
  readonly everyone: boolean;
}

/** The interaction that a message answers (or, as a follow-up, came after). */
export interface MessageOrigin {
  readonly interactionId: string;
  readonly type: 2 | 3 | 5;
  readonly userId: string;
  readonly commandName?: string;
  readonly messageId?: string;
}

export interface MessageRecord {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly authorId: string;
  readonly createdAt: number;
  readonly nonce: string | number | null;
  /** The only person who sees it, where it is ephemeral. */
  readonly visibleTo: string | null;
  readonly origin: MessageOrigin | null;
  readonly replyTo: string | null;
  /** By the emoji as the bot writes it in a path: `🔥` or `name:id`. */
  readonly reactions: Map<string, Set<string>>;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: APIAttachment[];
  flags: number;
  editedAt: number | null;
  /** How often it was changed. */
  revision: number;
  /** As the bot sent it; `undefined` means everything may ping. */
  allowedMentions: APIAllowedMentions | undefined;
  /** Who was notified when it was sent; an edit notifies nobody. */
  pinged: Pinged;
  /** Whom the text mentions in force, for the `mentions` field. */
  mentioned: Pinged;
}

/** A file that came with a message or with an option. */
export interface FileRecord {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** What the bot answered first. */
export type FirstAnswer =
  | { readonly kind: 'message'; readonly messageId: string }
  | { readonly kind: 'deferred'; readonly messageId: string; readonly ephemeral: boolean }
  | { readonly kind: 'deferredUpdate'; readonly messageId: string; readonly revision: number }
  | { readonly kind: 'updated'; readonly messageId: string }
  | { readonly kind: 'choices'; readonly choices: readonly AutocompleteChoice[] }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData };

export interface AutocompleteChoice {
  readonly name: string;
  readonly value: string | number;
}

/** Type 2 is a command, 3 a component, 4 autocomplete, 5 a modal (developer docs, "Interaction Type"). */
export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: 2 | 3 | 4 | 5;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly createdAt: number;
  readonly commandName?: string;
  /** The message whose component was used. */
  readonly messageId?: string;
  readonly followUpIds: string[];
  /** Settles with the first answer, or fails when there is none in time. */
  readonly first: PromiseWithResolvers<FirstAnswer>;
  state: 'waiting' | 'answered' | 'unanswered';
  answer?: FirstAnswer;
  /** What `@original` stands for. */
  originalId?: string;
}
