import type { AmazonModels, Traffic } from './model.ts';

/** Documents and tokens are no part of the models. */
const BESIDE = /^\/(auth|documents|feed-documents|feed-results|product-type-schemas)\//;

export interface WatchedTraffic {
  readonly traffic: Traffic[];
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** Names of the operations that were called, each once. */
  seen(known: AmazonModels): string[];
}

/** Writes down what goes over the line to the API itself. */
export function trafficOf(): WatchedTraffic {
  const traffic: Traffic[] = [];
  return {
    traffic,
    fetch: async (address, init) => {
      const response = await fetch(address, init);
      const url = new URL(address);
      if (BESIDE.test(url.pathname)) return response;
      const text = await response.clone().text();
      traffic.push({
        method: init.method ?? 'GET',
        url,
        body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        status: response.status,
        answer: text === '' ? undefined : (JSON.parse(text) as unknown),
      });
      return response;
    },
    seen: (known) => {
      const names = traffic.map(({ method, url }) => known.operationOf(method, url.pathname) ?? '?');
      return [...new Set(names)].toSorted();
    },
  };
}
