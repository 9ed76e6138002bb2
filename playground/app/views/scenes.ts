import { html, nothing } from 'lit';
import { SCENES } from '../tour/scenes.ts';
import { closeTour, nowPlaying, play, playAgain, stopTour } from '../tour/tour.ts';

/** The scenes to choose from. */
export function scenesPanel() {
  const isPlaying = nowPlaying()?.state === 'playing';
  return html`
    <h2>Watch how it goes</h2>
    <p class="hint">Each scene is played before your eyes in a server of its own. When it is over, go on from there.</p>
    <ul class="scenes">
      ${SCENES.map(
        (scene) => html`
          <li>
            <button type="button" class="button secondary" ?disabled=${isPlaying} @click=${() => play(scene)}>▶ ${scene.title}</button>
            <p class="hint">${scene.summary}</p>
          </li>
        `,
      )}
    </ul>
  `;
}

/** What is told while a scene is played. */
export function caption() {
  const playing = nowPlaying();
  if (!playing || playing.state === 'stopped') return nothing;
  const { scene, state, words, step } = playing;
  const done = Math.round((100 * step) / scene.steps.length);
  return html`
    <div class="caption ${state}" role="status">
      <div>
        <strong>${scene.title}</strong>
        <p>${words}</p>
      </div>
      ${
        state === 'playing'
          ? html`<button type="button" class="button secondary" @click=${stopTour}>Stop</button>`
          : html`
              <div class="row">
                <button type="button" class="button secondary" @click=${playAgain}>Again</button>
                <button type="button" class="icon-button" aria-label="Close the scene" @click=${closeTour}>✕</button>
              </div>
            `
      }
      <progress max="100" value=${done} aria-label="How far the scene is"></progress>
    </div>
  `;
}
