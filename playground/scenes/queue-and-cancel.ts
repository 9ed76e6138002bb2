import { be, command, panel, picture, press, type Scene, see, speed, tell } from './scene.ts';

/** Work that waits its turn, and work that is given up. */
export const scene: Scene = {
  name: 'queue-and-cancel',
  title: 'A queue, and a change of mind',
  summary: 'The second order waits for the first; giving one up shows first what comes back.',
  server: 'The Bellows',
  cast: ['Odette', 'Mira'],
  channels: ['workshop'],
  steps: [
    speed(1),
    panel(null),
    be('Mira', 'workshop'),
    command('/craft', { recipe: 'Iron Sword' }),
    see('You start on'),
    tell('A sword takes four hours. Mira has one slot, so the next order waits in her queue.'),
    command('/craft', { recipe: 'Campfire' }),
    see('In the queue'),
    command('/crafting'),
    see('Your workbench'),
    picture('queue'),
    press('Cancel 1'),
    see('You would get back'),
    tell('Before anything is lost, Forgeling says what would come back, and asks.'),
    press('Give it up'),
    see('You gave up'),
    command('/crafting'),
    see('Campfire: ready'),
    tell('The campfire’s turn has come by itself.'),
  ],
};
