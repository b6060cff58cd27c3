import { CodedError, toErrorShape, type ErrorShape } from '#shared/errors/coded-error.ts';

/** What Electron puts before the message of a bridge call that failed. */
const BRIDGE_PREFIX = /^Error invoking remote method '[^']*': (?:\w*Error: )?/;

/** Any failure as the coded shape that texts are made from. */
export function errorFacts(error: unknown): ErrorShape {
  if (error instanceof CodedError) return error.toShape();
  const shape = toErrorShape(error);
  return { ...shape, message: shape.message.replace(BRIDGE_PREFIX, '') };
}
