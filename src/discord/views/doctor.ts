import { type APIEmbed, type APIEmbedField, channelMention } from 'discord.js';
import { commandMention } from '../command-mention.ts';
import { type Button, type ButtonRow, button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import {
  type ChannelDiagnosis,
  type ChannelPurpose,
  type Diagnosis,
  isSound,
  type Pause,
} from '../diagnosis.ts';
import { relativeTime } from '../in-words.ts';
import { plainText } from '../plain-text.ts';
import type { WantedPermission } from '../server-directory.ts';
import { fitLines, shorten } from '../shorten.ts';
import type { Translate } from '../translate.ts';

/** Discord's limits ("Embed Limits"): the value of a field, and everything in an embed together. */
const LONGEST_VALUE = 1_024;
const LONGEST_EMBED = 6_000;

/** How many channels are told about at the most: more than that nobody reads on a phone. */
const MOST_CHANNELS = 10;

/** What is said of how many channels are left out has room in this. */
const LONGEST_REST = 100;

/** How much is quoted of what Discord said. */
const LONGEST_QUOTE = 200;

const WELL = 0x3ba55d;
const UNWELL = 0xdc2626;

/** How things stand, and what to do about what is wrong. */
export function doctorView(
  t: Translate,
  diagnosis: Diagnosis,
): { embeds: APIEmbed[]; components: ButtonRow[] } {
  const isWell = isAllWell(diagnosis);
  const told = diagnosis.channels.filter((channel) => !isWell || channel.waiting + channel.holds.length > 0);
  const embed = {
    color: isWell ? WELL : UNWELL,
    title: t('doctor:title'),
    description: isWell ? wellText(t, diagnosis) : generalTexts(t, diagnosis).join('\n\n'),
    fields: [] as APIEmbedField[],
  };
  const tests = diagnosis.channels.flatMap((channel) => testButton(t, channel) ?? []);
  return { embeds: [withFields(t, embed, told)], components: buttonRows(tests) };
}

function isAllWell({ announces, isHeard, timedOutUntil, channels }: Diagnosis): boolean {
  return announces && isHeard && timedOutUntil === undefined && channels.every(isSound);
}

function wellText(t: Translate, { channels }: Diagnosis): string {
  return t('doctor:well', {
    channels: channels.map(({ channelId }) => channelMention(channelId)).join(', '),
  });
}

/** What is wrong in the whole server. */
function generalTexts(t: Translate, { announces, isHeard, timedOutUntil }: Diagnosis): string[] {
  const config = commandMention(t, 'config announcements');
  const log = commandMention(t, 'config log');
  const texts = [
    ...(timedOutUntil === undefined ? [] : [t('doctor:timedOut', { endsAt: relativeTime(timedOutUntil) })]),
    ...(announces ? [] : [t('doctor:noChannel', { config })]),
    ...(isHeard ? [] : [t('doctor:unheard', { log })]),
  ];
  return texts.length > 0 ? texts : [t('doctor:ill')];
}

/** Adds a field for each channel, as many as fit. */
function withFields(
  t: Translate,
  embed: APIEmbed & { readonly description: string; readonly fields: APIEmbedField[] },
  channels: readonly ChannelDiagnosis[],
): APIEmbed {
  const { description, fields } = embed;
  let room = LONGEST_EMBED - lengthOf(embed.title ?? '', description) - LONGEST_REST;
  for (const channel of channels.slice(0, MOST_CHANNELS)) {
    const field = channelField(t, channel);
    room -= lengthOf(field.name, field.value);
    if (room < 0) break;
    fields.push(field);
  }
  const left = channels.length - fields.length;
  return left === 0 ? embed : { ...embed, footer: { text: t('doctor:more', { count: left }) } };
}

function channelField(t: Translate, channel: ChannelDiagnosis): APIEmbedField {
  const lines = [
    channelMention(channel.channelId),
    ...permissionLines(t, channel),
    ...pauseLines(t, channel),
    ...waitingLines(t, channel),
  ];
  return {
    name: channel.purposes.map((purpose) => purposeName(t, purpose)).join(' · '),
    value: fitLines(lines, LONGEST_VALUE, () => '…'),
  };
}

function purposeName(t: Translate, purpose: ChannelPurpose): string {
  return t(`doctor:purpose.${purpose}`);
}

/** What the bot may do there and what not, and where to click. */
function permissionLines(t: Translate, { wanted, isGone, purposes }: ChannelDiagnosis): string[] {
  if (isGone) {
    const command = purposes.includes('announcements') ? 'config announcements' : 'config log';
    return [t('doctor:gone', { config: commandMention(t, command) })];
  }
  if (!wanted) return [t('doctor:unseen')];
  const granted = wanted.filter(({ isGranted }) => isGranted);
  const lacking = wanted.filter(({ isGranted }) => !isGranted);
  return [
    ...(granted.length > 0 ? [`✅ ${permissionNames(t, granted)}`] : []),
    ...(lacking.length > 0 ? [`❌ ${permissionNames(t, lacking)}`, ...remedyLines(t, lacking)] : []),
  ];
}

function permissionNames(t: Translate, permissions: readonly WantedPermission[]): string {
  return permissions.map(({ name }) => t(`permissions:${name}`)).join(', ');
}

/** Where to click. What the bot is allowed in the channel itself counts, whatever its roles say. */
function remedyLines(t: Translate, lacking: readonly WantedPermission[]): string[] {
  const permissions = lacking.map(({ name }) => `**${t(`permissions:${name}`)}**`).join(', ');
  const isOfRoles = lacking.every(({ isGrantedInServer }) => !isGrantedInServer);
  const isOnlyHistory = lacking.every(({ name }) => name === 'ReadMessageHistory');
  return [
    t('doctor:remedy.channel', { permissions }),
    ...(isOfRoles ? [t('doctor:remedy.server', { permissions })] : []),
    ...(isOnlyHistory ? [t('doctor:onlyHistory')] : []),
  ];
}

function pauseLines(
  t: Translate,
  { channelId, pause, problem, nextAt, purposes, isGone }: ChannelDiagnosis,
): string[] {
  if (!pause || isGone) return [];
  const channel = channelMention(channelId);
  const why = t(`announcements:channelPaused.problem.${pause.problem}`, { channel });
  return [
    t('doctor:paused', { pausedAt: relativeTime(pause.since), why }),
    ...quoteLines(t, pause),
    ...(problem === undefined ? [] : [t('doctor:resumes')]),
    ...(problem === undefined && nextAt !== undefined
      ? [t('doctor:tried', { nextAt: relativeTime(nextAt) })]
      : []),
    ...(purposes.includes('announcements') || purposes.includes('log') ? [] : [t('doctor:detour')]),
  ];
}

/** Where Discord has a reason of its own, its own words say most. */
function quoteLines(t: Translate, { problem, detail }: Pause): string[] {
  if (problem !== 'refused' || detail === null) return [];
  return [t('doctor:quote', { quote: plainText(shorten(detail.replaceAll('\n', ' '), LONGEST_QUOTE)) })];
}

function waitingLines(t: Translate, { waiting, holds, pause, nextAt }: ChannelDiagnosis): string[] {
  const next = holds.length === 0 && !pause && nextAt !== undefined ? nextAt : undefined;
  return [
    ...(waiting > 0 ? [t('doctor:waiting', { count: waiting })] : []),
    ...(next === undefined ? [] : [t('doctor:next', { nextAt: relativeTime(next) })]),
    ...holds.map(({ by, until }) => t(`doctor:held.${by}`, { endsAt: relativeTime(until) })),
  ];
}

/** Tries a channel that was chosen and in which the bot can write. */
function testButton(
  t: Translate,
  { channelId, name, purposes, problem }: ChannelDiagnosis,
): Button | undefined {
  const isChosen = purposes.includes('announcements') || purposes.includes('log');
  if (!isChosen || name === undefined || problem !== undefined) return undefined;
  return button(customId('sendTest', channelId), t('doctor:test', { name }));
}

function lengthOf(...texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}
