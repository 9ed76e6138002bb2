import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { type Complaint, complaint } from '../errors.ts';
import { everyComponent } from '../wire/components.ts';
import { mediaComplaints } from './media.ts';

type Component = Record<string, unknown>;
type Path = Complaint['path'];

/** Rows of a message without Components V2 (developer docs, "Legacy Message Component Behavior"). */
const MOST_ROWS = 5;
/** Components of a message with Components V2, nested ones counted, and the characters of their text displays. */
const MOST_COMPONENTS = 40;
const MOST_TEXT = 4_000;
const BUTTON_LINK = 5;
const BUTTON_PREMIUM = 6;

/**
 * The rules for components that the published description leaves out.
 *
 * @param flags those that the message will have
 * @param fileNames the files that it will have
 */
export function componentComplaints(
  components: readonly unknown[],
  flags: number,
  fileNames: readonly string[],
): Complaint[] {
  const top = components.filter(isComponent);
  return [
    ...((flags & MessageFlags.IsComponentsV2) === 0 ? rowsOnly(top) : modernLimits(top)),
    ...duplicateIds(top),
    ...top.flatMap((component, index) => within(component, ['components', index], fileNames)),
  ];
}

/** Ids and custom ids that occur twice in one message or modal. An id of 0 is none ("Anatomy of a Component"). */
export function duplicateIds(components: readonly unknown[]): Complaint[] {
  const all = everyComponent(components);
  const customIds = all.map((component) => component['custom_id']).filter((id) => typeof id === 'string');
  const ids = all.map(({ id }) => id).filter((id) => typeof id === 'number' && id !== 0);
  return [
    ...(hasTwice(customIds)
      ? [
          complaint(
            ['components'],
            'COMPONENT_CUSTOM_ID_DUPLICATED',
            'Component custom id cannot be duplicated',
          ),
        ]
      : []),
    ...(hasTwice(ids)
      ? [complaint(['components'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated')]
      : []),
  ];
}

function hasTwice(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length;
}

function rowsOnly(top: readonly Component[]): Complaint[] {
  const strangers = top.flatMap((component, index) =>
    component['type'] === ComponentType.ActionRow
      ? []
      : [
          complaint(
            ['components', index, 'type'],
            'UNION_TYPE_CHOICES',
            'Value of field "type" must be one of (1,).',
          ),
        ],
  );
  if (top.length <= MOST_ROWS) return strangers;
  return [
    ...strangers,
    complaint(['components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MOST_ROWS} in length.`),
  ];
}

function modernLimits(top: readonly Component[]): Complaint[] {
  const all = everyComponent(top);
  const text = all.reduce(
    (sum, component) =>
      component['type'] === ComponentType.TextDisplay ? sum + String(component['content'] ?? '').length : sum,
    0,
  );
  return [
    ...(all.length > MOST_COMPONENTS
      ? [
          complaint(
            ['components'],
            'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
            `The number of total components must be ${MOST_COMPONENTS} or fewer.`,
          ),
        ]
      : []),
    ...(text > MOST_TEXT
      ? [
          complaint(
            ['components'],
            'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
            `The text of all components must be ${MOST_TEXT} or fewer in length.`,
          ),
        ]
      : []),
  ];
}

function within(component: Component, path: Path, fileNames: readonly string[]): Complaint[] {
  const children = Array.isArray(component['components']) ? component['components'].filter(isComponent) : [];
  return [
    ...(component['type'] === ComponentType.ActionRow ? rowComplaints(children, path) : []),
    ...(component['type'] === ComponentType.Button ? buttonComplaints(component, path) : []),
    ...(isSelect(component) ? selectComplaints(component, path) : []),
    ...mediaComplaints(component, path, fileNames),
    ...children.flatMap((child, index) => within(child, [...path, 'components', index], fileNames)),
    ...(isComponent(component['accessory'])
      ? within(component['accessory'], [...path, 'accessory'], fileNames)
      : []),
  ];
}

/** Up to five buttons (checked by the description) or a single select (developer docs, "Action Row"). */
function rowComplaints(children: readonly Component[], path: Path): Complaint[] {
  if (!children.some(isSelect) || children.length === 1) return [];
  return [
    complaint(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'A select takes a whole action row.',
    ),
  ];
}

/** developer docs, "Button", "Button Styles". */
function buttonComplaints(button: Component, path: Path): Complaint[] {
  const { style, custom_id: customId, url, sku_id: sku, label, emoji } = button;
  if (style === BUTTON_PREMIUM) {
    return sku ? [] : [complaint([...path, 'sku_id'], 'BASE_TYPE_REQUIRED', 'This field is required')];
  }
  const worded = label || emoji;
  return [
    ...(worded
      ? []
      : [complaint([...path, 'label'], 'BUTTON_COMPONENT_INVALID', 'A button must have a label or emoji')]),
    ...(style === BUTTON_LINK && (!url || customId)
      ? [complaint([...path], 'BUTTON_COMPONENT_INVALID', 'A link button must have a url and no custom id')]
      : []),
    ...(style !== BUTTON_LINK && (!customId || url)
      ? [complaint([...path], 'BUTTON_COMPONENT_INVALID', 'A button must have a custom id and no url')]
      : []),
  ];
}

function selectComplaints(select: Component, path: Path): Complaint[] {
  const least = Number(select['min_values'] ?? 1);
  const most = Number(select['max_values'] ?? 1);
  const options = Array.isArray(select['options']) ? select['options'].filter(isComponent) : undefined;
  const values = options?.map((option) => option['value']);
  return [
    ...(least > most
      ? [complaint([...path, 'min_values'], 'SELECT_COMPONENT_INVALID', 'min_values is above max_values')]
      : []),
    ...(options && most > options.length
      ? [
          complaint(
            [...path, 'max_values'],
            'SELECT_COMPONENT_INVALID',
            'max_values is above the number of options',
          ),
        ]
      : []),
    ...(values && hasTwice(values)
      ? [
          complaint(
            [...path, 'options'],
            'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
            'The specified option value is already used',
          ),
        ]
      : []),
  ];
}

/** String, user, role, mentionable and channel selects. */
export function isSelect(component: Component): boolean {
  return [3, 5, 6, 7, 8].includes(Number(component['type']));
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
