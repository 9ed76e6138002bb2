/**
 * What the page and its server say to each other: types only, so that both can import it.
 *
 * Reading is `GET /play/…`, doing is `POST /play/…` with JSON. Every answer has status 200; what was not possible is
 * {@link Refused}, what the bot left unanswered {@link Unanswered}. Only a mistake of the playground itself is answered
 * with 500; it is {@link Refused} too. What happens comes as server-sent events.
 */
import type {
  APIApplicationCommand,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { StateNote } from '../../src/ops/inspection/notes.ts';

/** What somebody did was not possible; kind words for them. */
export interface Refused {
  readonly refused: string;
}

/** The bot did not answer within the three seconds. */
export interface Unanswered {
  readonly unanswered: string;
}

// GET /play/world?as=PERSON

/** `stopped`: somebody wanted it so; it stays down until it is started. */
export interface BotView {
  readonly state: 'ready' | 'starting' | 'down' | 'stopped';
  readonly words: string;
}

/** Everything as one person sees it. Without `as` (empty) it has people and no servers. */
export interface WorldView {
  readonly bot: BotView;
  /** The bot's user has the same id. */
  readonly applicationId: string;
  /** The id of the person; null where nobody was asked for. */
  readonly me: string | null;
  /** Everybody there is, the bot too. */
  readonly people: readonly PersonView[];
  /** Those in which the person is a member. */
  readonly servers: readonly ServerView[];
  /** The id of the person's direct messages with the bot, if there are any. */
  readonly direct: string | null;
  readonly bending: BendingView;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly locale: string;
  /** Whether the bot may write to them. */
  readonly acceptsDirectMessages: boolean;
}

export interface ServerView {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly hasBot: boolean;
  /** `@everyone` among them: it has the server's own id. */
  readonly roles: readonly RoleView[];
  readonly members: readonly MemberView[];
  /** Those which the person sees, in order. */
  readonly channels: readonly ChannelView[];
}

export interface RoleView {
  readonly id: string;
  readonly name: string;
  readonly color: number;
  /** Made by Discord for the bot; nobody can be given it. */
  readonly managed: boolean;
  /** By the names of discord-api-types, such as `ManageGuild`. */
  readonly permissions: readonly string[];
}

export interface MemberView {
  readonly userId: string;
  readonly roleIds: readonly string[];
}

export interface ChannelView {
  readonly id: string;
  /** Discord's number for what kind it is: text (0) or announcements (5). */
  readonly type: number;
  readonly name: string;
  readonly topic: string | null;
  /** Whether the person may write here. */
  readonly mayWrite: boolean;
  /** What the bot may do in the server and not here; all of it where it does not see the channel. */
  readonly denied: readonly string[];
  /** What was allowed or denied in this channel, to roles and to people. */
  readonly overwrites: readonly OverwriteView[];
}

export interface OverwriteView {
  /** A role's or a person's id. */
  readonly id: string;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

// GET /play/channel?as=PERSON&in=CHANNEL

export interface ChannelContents {
  readonly commands: readonly APIApplicationCommand[];
  readonly messages: readonly MessageView[];
}

/** A message in Discord's own form, and what only a client knows. Its `attachments` have links under this origin. */
export type MessageView = APIMessage & {
  readonly ephemeral: boolean;
  /** Whom it notified when it was sent. */
  readonly pinged: {
    readonly userIds: readonly string[];
    readonly roleIds: readonly string[];
    readonly everyone: boolean;
  };
  /** Only in the event that tells of its creation: whoever does not look at its channel has something to read. */
  readonly fresh: boolean;
  /** Who used which command, where it answers one. */
  readonly used: { readonly userId: string; readonly command: string } | null;
};

// POST /play/WHAT: what a person does

/** Who does it, and where. */
export interface Place {
  readonly as: string;
  readonly channel: string;
}

/** A file that a person gives. All files of one request have at most 8 MiB. */
export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

/** Users, roles and channels by id (or name); a file for an option of type 11. */
export type SentOptions = Readonly<Record<string, string | number | boolean | SentFile>>;

/**
 * What is filled into a form, by the field's custom id: text (4), values (3, 5 to 8, 22), one value or null (21), true
 * or false (23), files (19).
 */
export type SentValues = Readonly<
  Record<string, string | boolean | null | readonly string[] | readonly SentFile[]>
>;

/** The bodies, by the last part of the path. */
export interface DeedRequests {
  readonly say: Place & { readonly content: string; readonly files?: readonly SentFile[] };
  readonly command: Place & { readonly command: string; readonly options?: SentOptions };
  readonly autocomplete: Place & {
    readonly command: string;
    readonly options?: SentOptions;
    readonly option: string;
    readonly typed: string;
  };
  readonly press: Place & { readonly message: string; readonly customId: string };
  readonly select: Place & {
    readonly message: string;
    readonly customId: string;
    readonly values: readonly string[];
  };
  readonly submit: Place & { readonly interaction: string; readonly values: SentValues };
  readonly react: Place & { readonly message: string; readonly emoji: string; readonly remove?: boolean };
}

/** What the bot answered first; its messages come as events. */
export type Outcome = { readonly interactionId: string } & (
  | { readonly kind: 'message' | 'updated' | 'deferredUpdate'; readonly messageId: string }
  | { readonly kind: 'deferred'; readonly messageId: string; readonly ephemeral: boolean }
  | {
      readonly kind: 'choices';
      readonly choices: readonly { readonly name: string; readonly value: string | number }[];
    }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
);

export interface DeedAnswers {
  readonly say: { readonly kind: 'said'; readonly messageId: string };
  readonly command: Outcome;
  readonly autocomplete: Outcome;
  readonly press: Outcome;
  readonly select: Outcome;
  readonly submit: Outcome;
  readonly react: { readonly kind: 'reacted' };
}

// POST /play/change/WHAT: what is there

/** The bodies, by the last part of the path. Servers, channels, roles and people by id. */
export interface ChangeRequests {
  /** Somebody new; in a server, if one is named. */
  readonly person: {
    readonly name: string;
    readonly server?: string;
    readonly roles?: readonly string[];
    /** What their Discord speaks; `en-US` if it isn't said. */
    readonly locale?: string;
  };
  /** A server with a channel #general; the bot joins it and greets. */
  readonly server: { readonly name: string; readonly owner: string };
  /** With all its channels; the bot's world keeps what it knew of it for as long as it would in Discord. */
  readonly removeServer: { readonly server: string };
  readonly channel: {
    readonly server: string;
    readonly name: string;
    readonly topic?: string;
    /** As in {@link ChannelView}; text if it isn't said. */
    readonly type?: number;
  };
  readonly removeChannel: { readonly channel: string };
  readonly role: {
    readonly server: string;
    readonly name: string;
    readonly permissions?: readonly string[];
    readonly color?: number;
  };
  /** Gives a person these roles, and no others. */
  readonly roles: { readonly server: string; readonly person: string; readonly roles: readonly string[] };
  /** What a role may do in the whole server (`@everyone`: the server's id). */
  readonly rolePermissions: {
    readonly server: string;
    readonly role: string;
    readonly permissions: readonly string[];
  };
  /** What a role, a person or the bot may do in a channel; null: what the server says. */
  readonly permission: {
    readonly channel: string;
    readonly target: string;
    readonly permission: string;
    readonly allowed: boolean | null;
  };
  /** A person, or the bot, joins a server… */
  readonly invite: { readonly server: string; readonly person: string };
  /** …and leaves it. */
  readonly leave: { readonly server: string; readonly person: string };
  readonly directMessages: { readonly person: string; readonly open: boolean };
  /** Opens a person's direct messages with the bot: answered with `channelId`, also where they were open. */
  readonly direct: { readonly person: string };
}

export type ChangeName = keyof ChangeRequests;

/** What was changed, with the ids of what is new. Every page hears `places`. */
export interface Changed {
  readonly kind: 'changed';
  readonly personId?: string;
  readonly serverId?: string;
  readonly channelId?: string;
  readonly roleId?: string;
}

// POST /play/bend/WHAT: the world around the bot

export interface BendingView {
  /** How many times as fast durations of the game go. */
  readonly speed: number;
  /** What is offered; any other number is taken too. */
  readonly speeds: readonly number[];
  readonly faults: readonly FaultView[];
  /** `given`: a PostgreSQL of somebody's own, which is left alone. */
  readonly postgres: 'running' | 'stopped' | 'given';
  readonly bot: BotView['state'];
}

export interface FaultView {
  readonly id: string;
  readonly label: string;
  readonly on: boolean;
  /** What `/play/bend/fault` takes, with `on` beside it. `noWriting` is there for each channel. */
  readonly fault: FaultName;
}

export type FaultName =
  | { readonly kind: 'noWriting'; readonly channel: string }
  | { readonly kind: 'discordErrors' | 'slowDiscord' | 'gatewayDown' };

/** The bodies, by the last part of the path. */
export interface BendRequests {
  readonly speed: { readonly factor: number };
  readonly fault: FaultName & { readonly on: boolean };
  /** Cuts the gateway's connection once; the bot comes back by itself. */
  readonly dropGateway: Readonly<Record<string, never>>;
  /** Stops the bot's own PostgreSQL; the bot starts it again by itself. */
  readonly stopPostgres: Readonly<Record<string, never>>;
  /** Ends the bot as a power cut would; it is started again after a second. */
  readonly killBot: Readonly<Record<string, never>>;
  /** Stops it in order, and starts it again. */
  readonly restartBot: Readonly<Record<string, never>>;
  readonly stopBot: Readonly<Record<string, never>>;
  readonly startBot: Readonly<Record<string, never>>;
  /** Lets the craft or trip that would end next end now. */
  readonly finish: { readonly server?: string; readonly person?: string };
}

export type BendName = keyof BendRequests;

/** What was done, and a sentence about what will be seen of it. */
export interface Bent {
  readonly kind: 'bent';
  readonly words: string;
}

// GET /play/inside: the bot's inside

/** One step of what an action set off. */
export interface TrailStep {
  /** Stays the same while the step changes; unique in its trail. */
  readonly id: string;
  /** The step that led to this one; null for the first. */
  readonly parentId: string | null;
  readonly kind:
    | 'interaction'
    | 'answer'
    | 'transaction'
    | 'event'
    | 'listener'
    | 'job'
    | 'run'
    | 'request'
    | 'message';
  /** Such as `/craft`, `craftStarted`, `grantXp`, `completeCrafting`, `POST /channels/…/messages → 200`. */
  readonly title: string;
  /** `unseen`: it is over, and the bot could not tell how it ended. */
  readonly state: 'done' | 'waiting' | 'running' | 'failed' | 'unseen';
  /** When it began, in milliseconds UTC. */
  readonly at: number;
  /** How long it took, in milliseconds. */
  readonly took?: number;
  /** When a job is due, in milliseconds UTC. */
  readonly dueAt?: number;
  /** Why it failed. */
  readonly error?: string;
  /** What a click shows. */
  readonly payload?: unknown;
  /** Where a message is. */
  readonly place?: { readonly channelId: string; readonly messageId: string };
}

/** The story of one action, from an interaction (or a job, or a start of the bot) on. */
export interface Trail {
  readonly id: string;
  readonly title: string;
  readonly userId: string | null;
  readonly channelId: string | null;
  readonly at: number;
  /** A step comes after the one that led to it. */
  readonly steps: readonly TrailStep[];
}

/** What the bot is waiting for. */
export type InsideState = Omit<StateNote, 'kind'>;

/** What `GET /play/inside` answers: the newest trail first. */
export interface Inside {
  readonly trails: readonly Trail[];
  readonly state: InsideState;
}

// GET /play/events?as=PERSON: server-sent events, by name

export interface PageEvents {
  /** A message is new, or was changed. */
  readonly message: MessageView;
  readonly deleted: { readonly channelId: string; readonly messageId: string };
  readonly bot: BotView;
  readonly bending: BendingView;
  /** The bot's commands were registered: read the channel again. */
  readonly commands: Readonly<Record<string, never>>;
  /** People, servers, channels, roles or permissions have changed: read the world again. */
  readonly places: Readonly<Record<string, never>>;
  /** A trail that is new or has changed: with those of its steps that are new or changed, in their order. */
  readonly trail: Trail;
  readonly inside: InsideState;
  /** The page itself is another one now: load it anew. */
  readonly page: Readonly<Record<string, never>>;
}
