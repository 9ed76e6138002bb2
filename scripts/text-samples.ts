import { loadCatalog } from '../src/game/content/load.ts';
import type { Texts } from './language-files.ts';

const MANY = 1_234;
const LONG = 60;

/** What a placeholder is filled with, by its name, in one language. */
type Sample = (name: string, text: string) => unknown;

/**
 * What to fill the placeholders of a language with: the longest that could stand there. What is called like a command
 * is that command; what ends in `At` or is formatted as a number speaks for itself.
 */
export function samplesIn(language: string, texts: Texts): Sample {
  const catalog = loadCatalog('data/content');
  const named = (file: string, ids: Iterable<string>) =>
    [...ids]
      .map((id) => texts.get(`${file}:${id}.name`) ?? id)
      .sort((left, right) => right.length - left.length);
  const items = named('items', catalog.items.keys());
  const [item = '', second = '', third = ''] = items;
  const [place = ''] = named('places', catalog.places.keys());
  const [achievement = ''] = named('achievements', catalog.achievements.keys());
  const amounts = `12 × 🧰 ${item}, 3 × 🧰 ${second}, 1 × 🧰 ${third}`;
  const soon = new Intl.RelativeTimeFormat(language).format(5, 'hours');
  const past = new Intl.RelativeTimeFormat(language).format(-5, 'hours');
  const long = new Intl.NumberFormat(language, { style: 'unit', unit: 'hour', unitDisplay: 'long' }).format(
    12,
  );
  const number = new Intl.NumberFormat(language).format(MANY);
  const known: Readonly<Record<string, unknown>> = {
    item: `🧰 ${item}`,
    itemId: `🧰 ${item}`,
    gift: `🧰 ${item}`,
    name: item,
    recipe: item,
    recipeId: item,
    recipes: `${item}, ${second}`,
    place: `🗺️ ${place}`,
    placeId: `🗺️ ${place}`,
    achievement: `🏅 ${achievement}`,
    items: amounts,
    missing: `• ${amounts}`,
    when: soon,
    starts: soon,
    ready: soon,
    endedAt: past,
    time: long,
    duration: long,
    filters: texts.get('browse:rarity.legendary'),
    text: 'x'.repeat(LONG),
    where: `🗺️ ${place}`,
    perk: texts.get('perks:masterworkChance_other')?.replace(/{{.*}}/, '12'),
    tier: texts.get('progress:tier.platinum'),
    board: texts.get('leaderboards:board.achievements'),
    period: texts.get('leaderboards:period.month'),
    amount: `${number} XP`,
    line: `**${number}.** @Wilhelmina · ${number} XP`,
    days: '3, 7',
    often: MANY,
    emoji: '🧰',
    asked: 'x'.repeat(LONG),
    reference: 'A1B2C3D4',
    channel: '#announcements',
    channelId: '#announcements',
    channels: '#announcements, #workshop, #tavern',
    permissions: [...texts]
      .filter(([key]) => key.startsWith('permissions:'))
      .map(([, permission]) => `**${permission}**`)
      .join(', '),
    kind: texts.get('notifications:kind.engagement'),
    way: texts.get('notifications:way.quiet'),
    about: texts.get('commands/notify:about.name'),
    how: texts.get('commands/notify:how.name'),
    page: 12,
    pages: 34,
    doctor: called(texts, 'admin', 'doctor'),
    log: called(texts, 'config', 'log'),
    rarity: texts.get('browse:rarity.legendary'),
    spacing: long,
    from: '22:00',
    until: '07:30',
    timeZone: 'America/New_York',
    quote: 'Missing Access',
    asset: `🧰 ${item}`,
    craft: `12 × ${item}`,
    salvaged: `12 × 🧰 ${item}`,
    reason: 'x'.repeat(LONG),
    action: texts.get('admin:label.settingsChanged')?.replace(/{{.*?}}/g, item),
    ago: long,
    moment: past,
    setting: texts.get('browse:rarity.legendary'),
    event: 'itemCrafted',
    why: texts.get('announcements:channelPaused.problem.missingAccess')?.replace(/{{.*}}/, '#announcements'),
  };
  const people = ['player', 'maker', 'giver', 'recipient', 'userId', 'admin'];
  return (name, text) => {
    if (Object.hasOwn(known, name)) return known[name];
    if (people.includes(name)) return '@Wilhelmina';
    if (name.endsWith('At')) return soon;
    const command = texts.get(`commands/${name}:name`);
    if (command) return `/${command}`;
    return text.includes(`{{${name}, number}}`) || NUMBERS.has(name) ? MANY : `⟨${name}⟩`;
  };
}

/** A subcommand as it is typed. */
function called(texts: Texts, command: string, subcommand: string): string {
  return `/${texts.get(`commands/${command}:name`)} ${texts.get(`commands/${command}:${subcommand}.name`)}`;
}

/** What is a number and says so nowhere. */
const NUMBERS = new Set([
  'level',
  'xp',
  'number',
  'most',
  'least',
  'largest',
  'free',
  'needed',
  'have',
  'lacking',
  'percent',
  'rank',
]);
