import { v7 } from 'uuid';
import { openEngine } from '../engine/open-engine.ts';
import { silentLogger, systemPorts } from '../engine/system-ports.ts';
import { seedListings, type SeededListing } from '../engine/testing/seed-listings.ts';
import { memoryVault } from '../engine/testing/test-engine.ts';

/** Makes a closed workspace with some listings for an engine to open. */
export async function seedWorkspace(dir: string, count: number): Promise<SeededListing[]> {
  const opened = await openEngine({
    dir,
    create: true,
    ports: { ...systemPorts(memoryVault(), silentLogger), newId: v7 },
    actor: 'test',
  });
  const listings = seedListings(opened.engine, count);
  // The shop of the seed does not exist: nothing may try to reach it.
  opened.engine.db.exec("UPDATE account SET status = 'paused'");
  await opened.close();
  return listings;
}
