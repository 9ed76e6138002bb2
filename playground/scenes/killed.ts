import { be, bend, command, panel, picture, type Scene, see, speed, tell, waitForBot } from './scene.ts';

/** The bot dies in the middle of things, and nothing is lost. */
export const scene: Scene = {
  name: 'killed',
  title: 'Killed, and nothing is lost',
  summary:
    'The bot is killed while somebody’s craft is under way. It comes back, and finishes what it was given.',
  server: 'The Crucible',
  cast: ['Odette', 'Tobin'],
  channels: ['workshop'],
  steps: [
    speed(1),
    panel('world'),
    be('Tobin', 'workshop'),
    command('/craft', { recipe: 'Iron Ingot', quantity: '2' }),
    see('You start on'),
    tell('Tobin’s craft is under way. Now the bot is killed, as a power cut would do it.'),
    bend('killBot'),
    waitForBot('away'),
    picture('killed'),
    waitForBot('ready'),
    tell('It is back. It had written down what it had accepted before it said so.'),
    command('/crafting'),
    see('Your workbench'),
    bend('finish'),
    see('your craft is ready'),
    tell('Once, and only once.'),
    picture('killed-and-back'),
  ],
};
