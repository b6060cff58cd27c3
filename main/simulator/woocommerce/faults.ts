import { CodedError } from '#shared/errors/coded-error.ts';
import { FAULT_NAMES, type FaultName } from '../kit/fault-plan.ts';

/** What people call some faults. */
const ALSO_KNOWN_AS: Readonly<Record<string, FaultName>> = {
  '429': 'rate-limit',
  '500': 'server-error',
  '503': 'unavailable',
  '504': 'gateway-timeout',
  timeout: 'timeout-after-apply',
  dropped: 'drop',
  truncate: 'truncated',
};

/**
 * Reads the comma-separated names of faults that shall happen now and then.
 * Throws BAD_INPUT naming the unknown one and all known ones.
 */
export function parseFaults(text: string): FaultName[] {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  return names.map((name) => {
    const known = FAULT_NAMES.find((fault) => fault === name) ?? ALSO_KNOWN_AS[name];
    if (known === undefined) {
      throw new CodedError('BAD_INPUT', `There is no fault "${name}"; there are ${FAULT_NAMES.join(', ')}`, {
        fault: name,
        known: [...FAULT_NAMES],
      });
    }
    return known;
  });
}
