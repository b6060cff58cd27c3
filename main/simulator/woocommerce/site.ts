import { zoneOffset } from './local-time.ts';
import type { RenderContext } from './render-product.ts';

/** What an administrator sees of the shop's technical side. PHP under WordPress counts in UTC. */
export function systemStatus({ store, url }: RenderContext): Record<string, unknown> {
  const { version, currency } = store.settings;
  return {
    environment: {
      home_url: url,
      site_url: url,
      version,
      log_directory: '/var/www/html/wp-content/uploads/wc-logs/',
      log_directory_writable: true,
      wp_version: '6.8.3',
      wp_multisite: false,
      wp_memory_limit: 268_435_456,
      wp_debug_mode: false,
      wp_cron: true,
      language: 'en_US',
      server_info: 'Quayside simulator',
      php_version: '8.2.29',
      php_post_max_size: 33_554_432,
      php_max_execution_time: 300,
      php_max_input_vars: 5_000,
      default_timezone: 'UTC',
    },
    database: { wc_database_version: version, database_prefix: 'wp_' },
    active_plugins: [],
    theme: { name: 'Storefront', version: '4.6.1' },
    settings: {
      api_enabled: true,
      force_ssl: false,
      currency,
      currency_symbol: currency,
      currency_position: 'left',
      thousand_separator: ',',
      decimal_separator: '.',
      number_of_decimals: 2,
    },
    security: { secure_connection: false, hide_errors: true },
    pages: [],
    post_type_counts: [],
  };
}

/** The public index of the site, above WooCommerce. */
export function siteIndex({ store, url }: RenderContext): Record<string, unknown> {
  return {
    name: 'Harbour & Home',
    description: 'Things for the house and the way there',
    url,
    home: url,
    gmt_offset: String(zoneOffset(store.second, store.settings.timeZone) / 3_600),
    timezone_string: store.settings.timeZone,
    namespaces: ['oembed/1.0', 'wc/v3', 'wp/v2'],
  };
}
