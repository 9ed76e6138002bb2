import { be, bend, command, panel, picture, type Scene, see, speed, tell } from './scene.ts';

/** What is rare is told to everybody. */
export const scene: Scene = {
  name: 'rare-item',
  title: 'Something rare',
  summary: 'An item that is rare enough is announced in the server’s own channel, once.',
  server: 'The Lantern',
  cast: ['Odette', 'Mira'],
  channels: ['workshop', 'announcements'],
  steps: [
    speed(1),
    panel('people'),
    be('Odette', 'workshop'),
    tell('Odette runs the server. She says where news is told.'),
    command('/config announcements', { channel: 'announcements' }),
    see('Announcements'),
    be('Mira', 'workshop'),
    tell('Mira works on a star compass, which is rare.'),
    command('/craft', { recipe: 'Star Compass' }),
    see('You start on'),
    bend('finish'),
    see('your craft is ready'),
    be('Mira', 'announcements'),
    see('Star Compass'),
    tell('Everybody can read of it. Tell it twice? Never: not after a crash, not after a lost answer.'),
    picture('rare-item'),
  ],
};
