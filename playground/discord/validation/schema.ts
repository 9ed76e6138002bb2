import type { ZodMiniType } from 'zod/mini';
import { type Complaint, refuseIfAny } from '../errors.ts';

type Issues = NonNullable<ReturnType<ZodMiniType['safeParse']>['error']>['issues'];
type Issue = Issues[number];

interface CheckOptions {
  /** Fields that Discord documents and takes although its published description leaves them out. */
  readonly alsoTaken?: readonly string[];
}

/**
 * Checks a body against Discord's published description, and that it has no field which that does not know:
 * Discord ignores those, but for a bot's author they are mistakes.
 *
 * @returns the body, unchanged
 * @throws ApiError 50035 with a complaint for each thing that is wrong
 */
export function checked<Body>(schema: ZodMiniType, body: unknown, options: CheckOptions = {}): Body {
  refuseIfAny(complaintsOf(schema, body, options));
  // The caller names the type of what the schema has just checked.
  return body as Body;
}

/** What Discord's published description has against a body. */
export function complaintsOf(
  schema: ZodMiniType,
  body: unknown,
  { alsoTaken = [] }: CheckOptions = {},
): Complaint[] {
  // Without its input an issue does not say whether something is missing or of the wrong type.
  const result = schema.safeParse(body, { reportInput: true });
  if (!result.success) return result.error.issues.flatMap((issue) => fromIssue(issue, []));
  return unknownFields(body, result.data, []).filter(({ path }) => !alsoTaken.includes(String(path.at(-1))));
}

function fromIssue(issue: Issue, at: readonly (string | number)[]): Complaint[] {
  const path = [...at, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  if (issue.code !== 'invalid_union') return [{ path, ...wordsFor(issue) }];
  if (issue.input === undefined) return [{ path, ...REQUIRED }];
  const branch = likeliestBranch(issue.errors);
  return branch === undefined
    ? [{ path, code: 'UNION_TYPE_CHOICES', message: 'Value fits none of the allowed types.' }]
    : branch.flatMap((inner) => fromIssue(inner, path));
}

/** The branch that was meant: the one whose `type` fits. */
function likeliestBranch(branches: readonly Issues[]): Issues | undefined {
  const fitting = branches.filter((issues) =>
    issues.every((issue) => !(issue.path.length === 1 && issue.path[0] === 'type') && issue.path.length > 0),
  );
  return fitting.sort((left, right) => left.length - right.length)[0];
}

const REQUIRED = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' } as const;

/** Discord's words for what Zod found. */
function wordsFor(issue: Issue): Pick<Complaint, 'code' | 'message'> {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? REQUIRED
        : { code: 'BASE_TYPE_INVALID', message: `Could not interpret the value as ${issue.expected}.` };
    case 'too_big':
      return issue.origin === 'number'
        ? { code: 'NUMBER_TYPE_MAX', message: `Value should be at most ${issue.maximum}.` }
        : { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
    case 'too_small':
      return issue.origin === 'number'
        ? { code: 'NUMBER_TYPE_MIN', message: `Value should be at least ${issue.minimum}.` }
        : { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` };
    case 'invalid_format':
      return { code: 'BASE_TYPE_BAD_FORMAT', message: `Not a well formed ${issue.format}.` };
    case 'invalid_value':
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of ${issue.values.join(', ')}.` };
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}

/** What discord.js sends with every message, also where Discord has no such field and passes over it. */
const SENT_EVERYWHERE: ReadonlySet<string> = new Set(['nonce', 'enforce_nonce']);

/** Zod leaves out of its result what the schema does not name; whatever is missing there was unknown. */
function unknownFields(sent: unknown, known: unknown, at: readonly (string | number)[]): Complaint[] {
  if (Array.isArray(sent) && Array.isArray(known)) {
    return sent.flatMap((entry, index) => unknownFields(entry, known[index], [...at, index]));
  }
  if (!isRecord(sent) || !isRecord(known)) return [];
  return Object.entries(sent).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const path = [...at, key];
    if (key in known) return unknownFields(value, known[key], path);
    if (SENT_EVERYWHERE.has(key)) return [];
    return [{ path, code: 'BASE_TYPE_UNKNOWN', message: 'Discord does not know this field.' }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
