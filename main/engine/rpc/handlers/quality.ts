import type { MethodName } from '#shared/contract/methods.ts';
import { qualityBreaks } from '../../quality/breaks.ts';
import { qualityCalibration } from '../../quality/calibration.ts';
import { qualityDoubles } from '../../quality/doubles.ts';
import { rescoreAll } from '../../quality/keep-quality.ts';
import { addKeywords, listKeywords, removeKeyword } from '../../quality/keywords.ts';
import { listingQuality } from '../../quality/listing-quality.ts';
import { qualityOverview } from '../../quality/overview.ts';
import type { Handlers } from '../handler.ts';

export const qualityHandlers: Handlers<Extract<MethodName, `quality.${string}`>> = {
  'quality.overview': (engine, input) => qualityOverview(engine, input),
  'quality.listing': (engine, input) => listingQuality(engine, input),
  'quality.breaks': (engine, input, call) => qualityBreaks(engine, input, call.signal),
  'quality.doubles': (engine, input, call) => qualityDoubles(engine, input, call.signal),
  'quality.calibration': (engine, input, call) => qualityCalibration(engine, input, call.signal),
  'quality.rescore': (engine, _input, call) => rescoreAll(engine, call.signal),
  'quality.keywords': ({ db }, input) => listKeywords(db, input),
  'quality.addKeywords': (engine, input, call) => addKeywords(engine, input, call),
  'quality.removeKeyword': (engine, input, call) => removeKeyword(engine, input, call),
};
