import type { APIApplicationCommandBasicOption } from 'discord-api-types/v10';
import type { SentFile } from '../page/protocol.ts';

/** Numbers of Discord's API, under its own names (developer documentation). */
export const ComponentType = {
  ActionRow: 1,
  Button: 2,
  StringSelect: 3,
  TextInput: 4,
  UserSelect: 5,
  RoleSelect: 6,
  MentionableSelect: 7,
  ChannelSelect: 8,
  Section: 9,
  TextDisplay: 10,
  Thumbnail: 11,
  MediaGallery: 12,
  File: 13,
  Separator: 14,
  Container: 17,
  Label: 18,
  FileUpload: 19,
  RadioGroup: 21,
  CheckboxGroup: 22,
  Checkbox: 23,
} as const;

export const OptionType = {
  Subcommand: 1,
  SubcommandGroup: 2,
  String: 3,
  Integer: 4,
  Boolean: 5,
  User: 6,
  Channel: 7,
  Role: 8,
  Mentionable: 9,
  Number: 10,
  Attachment: 11,
} as const;

export const ChannelType = { Text: 0, Announcement: 5 } as const;

export const MessageFlag = { SuppressEmbeds: 1 << 2, Loading: 1 << 7, ComponentsV2: 1 << 15 } as const;

/** An option that takes a value. */
export type BasicOption = APIApplicationCommandBasicOption;

/** A component as it came: read loosely, for a client must show what it does not know. */
export interface LooseComponent {
  readonly type: number;
  readonly [key: string]: unknown;
}

/** Reads a file that a person chose. */
export async function readFile(file: File): Promise<SentFile> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return {
    name: file.name,
    contentType: file.type || 'application/octet-stream',
    base64: url.slice(url.indexOf(',') + 1),
  };
}
