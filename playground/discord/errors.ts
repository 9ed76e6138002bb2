import { RESTJSONErrorCodes as Code } from 'discord-api-types/v10';

/** One entry of Discord's nested `errors` object: where, which of Discord's words for it, what is wrong. */
export interface Complaint {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** @returns that at this place of the body something is wrong */
export function complaint(path: Complaint['path'], code: string, message: string): Complaint {
  return { path, code, message };
}

/** An answer of Discord's that is not a success (developer docs, "Error Messages" and "JSON Error Codes"). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly complaints: readonly Complaint[];

  constructor(status: number, code: number, message: string, complaints: readonly Complaint[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.complaints = complaints;
  }

  /** The JSON that Discord would send. */
  toBody(): Record<string, unknown> {
    const body = { message: this.message, code: this.code };
    return this.complaints.length === 0 ? body : { ...body, errors: nest(this.complaints) };
  }
}

/** 400, code 50035: the body breaks rules; each complaint names the field. */
export function invalidBody(complaints: readonly Complaint[]): ApiError {
  return new ApiError(400, Code.InvalidFormBodyOrContentType, 'Invalid Form Body', complaints);
}

/** Throws {@link invalidBody} unless there is nothing to complain about. */
export function refuseIfAny(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw invalidBody(complaints);
}

/** Runs something whose complaints are about a part of the body, and puts the part's place before theirs. */
export function underPath<Result>(path: Complaint['path'], run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ApiError) || error.complaints.length === 0) throw error;
    throw invalidBody(error.complaints.map((inner) => ({ ...inner, path: [...path, ...inner.path] })));
  }
}

/** Discord's refusals that this copy gives, by name. */
export const refusals = {
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  unknownRoute: () => new ApiError(404, 0, '404: Not Found'),
  methodNotAllowed: () => new ApiError(405, 0, '405: Method Not Allowed'),
  unknownApplication: () => new ApiError(404, Code.UnknownApplication, 'Unknown Application'),
  unknownChannel: () => new ApiError(404, Code.UnknownChannel, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, Code.UnknownGuild, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, Code.UnknownMember, 'Unknown Member'),
  unknownRole: () => new ApiError(404, Code.UnknownRole, 'Unknown Role'),
  unknownMessage: () => new ApiError(404, Code.UnknownMessage, 'Unknown Message'),
  unknownUser: () => new ApiError(404, Code.UnknownUser, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, Code.UnknownWebhook, 'Unknown Webhook'),
  unknownCommand: () => new ApiError(404, Code.UnknownApplicationCommand, 'Unknown application command'),
  unknownInteraction: () => new ApiError(404, Code.UnknownInteraction, 'Unknown interaction'),
  alreadyAcknowledged: () =>
    new ApiError(
      400,
      Code.InteractionHasAlreadyBeenAcknowledged,
      'Interaction has already been acknowledged.',
    ),
  expiredToken: () => new ApiError(401, Code.InvalidWebhookToken, 'Invalid Webhook Token'),
  missingAccess: () => new ApiError(403, Code.MissingAccess, 'Missing Access'),
  missingPermissions: () => new ApiError(403, Code.MissingPermissions, 'Missing Permissions'),
  directMessageClosed: () =>
    new ApiError(403, Code.CannotSendMessagesToThisUser, 'Cannot send messages to this user'),
  emptyMessage: () => new ApiError(400, Code.CannotSendAnEmptyMessage, 'Cannot send an empty message'),
  foreignMessage: () =>
    new ApiError(
      403,
      Code.CannotEditMessageAuthoredByAnotherUser,
      'Cannot edit a message authored by another user',
    ),
  tooManyCommands: () =>
    new ApiError(
      400,
      Code.MaximumNumberOfApplicationCommandsReached,
      'Maximum number of application commands reached (100)',
    ),
  tooLarge: () => new ApiError(413, Code.RequestEntityTooLarge, 'Request entity too large'),
  badRequest: () => new ApiError(400, 0, '400: Bad Request'),
  unreadableJson: () =>
    new ApiError(400, Code.RequestBodyContainsInvalidJSON, 'The request body contains invalid JSON.'),
} as const;

function nest(complaints: readonly Complaint[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { path, code, message } of complaints) {
    const place = path.reduce<Record<string, unknown>>((level, key) => {
      const next = level[key];
      if (isLevel(next)) return next;
      const made: Record<string, unknown> = {};
      level[key] = made;
      return made;
    }, root);
    const errors = Array.isArray(place['_errors']) ? place['_errors'] : [];
    place['_errors'] = [...errors, { code, message }];
  }
  return root;
}

function isLevel(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
