import type { APIAttachment, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { withoutNulls } from './nulls.ts';

type Loose = Record<string, unknown>;

/**
 * Components as Discord keeps them: no nulls, each with an `id` that is unique in the message (developer docs,
 * "Anatomy of a Component"), defaults written out, media resolved.
 *
 * @param attachmentAt the file that a link such as `attachment://map.png` leads to
 */
export function keptComponents(
  sent: readonly APIMessageTopLevelComponent[],
  attachmentAt: (url: string) => APIAttachment | undefined,
  nextId: () => string,
): APIMessageTopLevelComponent[] {
  const taken = new Set(
    everyComponent(sent).flatMap((component) => (component['id'] ? [component['id']] : [])),
  );
  let counter = 0;
  const ownId = (given: unknown) => {
    if (given) return given;
    do counter += 1;
    while (taken.has(counter));
    return counter;
  };
  const media = (value: unknown) => {
    const url = urlOf(value);
    const kept = attachmentAt(url)?.url ?? url;
    return { id: nextId(), url: kept, proxy_url: kept };
  };
  const file = (value: unknown) => {
    const { filename = null, size = null } = attachmentAt(urlOf(value)) ?? {};
    return { name: filename, size, file: media(value) };
  };
  const keep = (component: Loose): Loose => ({
    ...defaultsOf(component['type']),
    ...component,
    id: ownId(component['id']),
    ...(Array.isArray(component['components']) ? { components: component['components'].map(keep) } : {}),
    ...(isLoose(component['accessory']) ? { accessory: keep(component['accessory']) } : {}),
    ...(isLoose(component['media']) ? { media: media(component['media']) } : {}),
    ...(isLoose(component['file']) ? file(component['file']) : {}),
    ...(Array.isArray(component['items'])
      ? {
          items: component['items'].map((item: Loose) => ({
            description: null,
            spoiler: false,
            ...item,
            media: media(item['media']),
          })),
        }
      : {}),
  });
  // What was checked against Discord's description on the way in only gains fields here.
  return withoutNulls(sent).map(
    (component) => keep({ ...component }) as unknown as APIMessageTopLevelComponent,
  );
}

/** Every component of a message, at whatever depth, in order. */
export function everyComponent(components: readonly unknown[]): Loose[] {
  return components
    .filter(isLoose)
    .flatMap((component) => [
      component,
      ...(Array.isArray(component['components']) ? everyComponent(component['components']) : []),
      ...(isLoose(component['accessory']) ? everyComponent([component['accessory']]) : []),
      ...(isLoose(component['component']) ? everyComponent([component['component']]) : []),
    ]);
}

/** What Discord writes out where a bot leaves it away, by component type. */
function defaultsOf(type: unknown): Loose {
  switch (type) {
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return { min_values: 1, max_values: 1 };
    case 11:
      return { description: null, spoiler: false };
    case 13:
      return { spoiler: false };
    case 14:
      return { spacing: 1, divider: true };
    case 17:
      return { accent_color: null, spoiler: false };
    default:
      return {};
  }
}

function urlOf(media: unknown): string {
  return isLoose(media) ? String(media['url']) : '';
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
