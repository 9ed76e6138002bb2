import { be, bend, command, panel, type Scene, see, speed, tell } from './scene.ts';

/** The database of the jobs goes away, and no command fails. */
export const scene: Scene = {
  name: 'queue-away',
  title: 'The queue is away',
  summary:
    'PostgreSQL, which holds the jobs, is stopped. Commands go on, and what is due is late and not lost.',
  server: 'The Smithy',
  cast: ['Odette', 'Mira'],
  channels: ['workshop'],
  steps: [
    speed(1),
    panel('inside'),
    be('Mira', 'workshop'),
    command('/craft', { recipe: 'Campfire' }),
    see('You start on'),
    bend('stopPostgres'),
    tell(
      'PostgreSQL is stopped. What Forgeling knows lies in SQLite; PostgreSQL only says when to look at it.',
    ),
    command('/crafting'),
    see('Your workbench'),
    tell(
      'So commands go on. The bot starts PostgreSQL again by itself, and asks for everything that is still due.',
    ),
    bend('finish'),
    see('your craft is ready'),
  ],
};
