import { ComponentType } from 'discord-api-types/v10';
import { type Complaint, complaint } from '../errors.ts';

type Component = Readonly<Record<string, unknown>>;
type Path = Complaint['path'];

const ATTACHMENT = 'attachment://';

/**
 * What is wrong with the pictures and files of one component: it refers to a file that the message does not have, or
 * shows as a file what lies elsewhere (developer docs, "File": "only supports attachment references").
 *
 * @param path where the component is
 * @param fileNames the files that the message will have
 */
export function mediaComplaints(component: Component, path: Path, fileNames: readonly string[]): Complaint[] {
  const isFile = component['type'] === ComponentType.File;
  return mediaOf(component, path).flatMap(({ url, at }) => {
    if (!url.startsWith(ATTACHMENT))
      return isFile
        ? [complaint(at, 'UNFURLED_MEDIA_ITEM_NOT_ATTACHMENT', 'A file must be an attachment:// reference.')]
        : [];
    if (fileNames.includes(url.slice(ATTACHMENT.length))) return [];
    return [complaint(at, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `There is no file ${url}.`)];
  });
}

/** The addresses in a component: of a thumbnail, of a file, or of each picture in a gallery. */
function mediaOf({ media, file, items }: Component, path: Path) {
  const gallery = Array.isArray(items) ? items : [];
  const found = [
    { item: media, at: [...path, 'media', 'url'] },
    { item: file, at: [...path, 'file', 'url'] },
    ...gallery.map((each, index) => ({ item: each?.media, at: [...path, 'items', index, 'media', 'url'] })),
  ];
  return found.flatMap(({ item, at }) => (isMedia(item) ? [{ url: item.url, at }] : []));
}

function isMedia(value: unknown): value is { readonly url: string } {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string';
}
