// Runs the built app in the resolved Electron until it ends.
import { runForeground } from './process.mjs';
import { setStage } from './system.mjs';

/**
 * Starts the workstation, passes signals on to it, takes the screen down after
 * it. Resolves with its exit code.
 * @param {readonly string[]} args what the app itself gets
 */
export async function launch(args, options = {}) {
  const stage = await setStage(options);
  try {
    return await runForeground(stage.runtime.executable, [...stage.args, ...args], { env: stage.env });
  } finally {
    await stage.stop();
  }
}
