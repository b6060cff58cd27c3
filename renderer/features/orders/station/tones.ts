import type { Tone } from './station-state.ts';

interface Note {
  readonly hz: number;
  /** Seconds from the start of the tone. */
  readonly at: number;
  readonly seconds: number;
  readonly wave: OscillatorType;
}

/** Told apart without looking, and by people who hear only low or only high notes: by length and number too. */
const NOTES: Record<Tone, readonly Note[]> = {
  taken: [{ hz: 1_320, at: 0, seconds: 0.07, wave: 'sine' }],
  complete: [
    { hz: 880, at: 0, seconds: 0.09, wave: 'sine' },
    { hz: 1_320, at: 0.1, seconds: 0.14, wave: 'sine' },
  ],
  done: [
    { hz: 880, at: 0, seconds: 0.09, wave: 'sine' },
    { hz: 1_100, at: 0.1, seconds: 0.09, wave: 'sine' },
    { hz: 1_320, at: 0.2, seconds: 0.22, wave: 'sine' },
  ],
  undone: [{ hz: 520, at: 0, seconds: 0.12, wave: 'triangle' }],
  refused: [
    { hz: 180, at: 0, seconds: 0.18, wave: 'square' },
    { hz: 180, at: 0.24, seconds: 0.28, wave: 'square' },
  ],
};

const LOUDNESS = 0.18;

let context: AudioContext | undefined;

/** Plays a tone on top of whatever still sounds. Silent where the machine has no sound. */
export function playTone(tone: Tone): void {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    for (const { hz, at, seconds, wave } of NOTES[tone]) {
      const start = context.currentTime + at;
      const oscillator = new OscillatorNode(context, { type: wave, frequency: hz });
      const gain = new GainNode(context, { gain: 0 });
      // Ramps instead of steps: a step clicks.
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.008);
      gain.gain.setValueAtTime(LOUDNESS, start + seconds - 0.02);
      gain.gain.linearRampToValueAtTime(0, start + seconds);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + seconds);
    }
  } catch {
    // No sound device: the colour and the words say the same.
  }
}
