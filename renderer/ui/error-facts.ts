import { CodedError, toErrorShape, type ErrorShape } from '#shared/errors/coded-error.ts';

/** Any failure as the coded shape that texts are made from. */
export function errorFacts(error: unknown): ErrorShape {
  return error instanceof CodedError ? error.toShape() : toErrorShape(error);
}
