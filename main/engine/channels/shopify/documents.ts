/**
 * Every GraphQL document that is sent, for Admin API 2026-10. A contract test
 * validates each of them against the official schema.
 */
export const API_VERSION = '2026-10';

export interface Operation {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  readonly document: string;
}

const PRODUCT_SELECTION = `
  id title handle descriptionHtml vendor productType tags status updatedAt onlineStoreUrl hasOnlyDefaultVariant
  category { fullName }`;

const variantSelection = (location: string): string => `
  id title sku barcode price compareAtPrice inventoryPolicy position updatedAt
  selectedOptions { name value }
  inventoryItem {
    id tracked
    measurement { weight { unit value } }
    inventoryLevel(locationId: ${location}) { quantities(names: ["available"]) { name quantity } }
  }`;

const PRODUCT_FIELDS = `fragment ProductFields on Product {${PRODUCT_SELECTION}
}`;

const PRODUCT_MEDIA = `fragment ProductMedia on Product {
  media(first: $media) { nodes { __typename ... on MediaImage { id alt image { url } } } }
}`;

const VARIANT_FIELDS = `fragment VariantFields on ProductVariant {${variantSelection('$location')}
}`;

const ORDER_FIELDS = `fragment OrderFields on Order {
  id name createdAt processedAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
  requiresShipping currencyCode note email phone
  currentTotalPriceSet { shopMoney { amount currencyCode } }
  shippingLine { title }
  shippingAddress { ...Address }
  billingAddress { ...Address }
}
fragment Address on MailingAddress {
  name company address1 address2 city province provinceCode zip country countryCodeV2 phone
}`;

const LINE_FIELDS = `fragment LineFields on LineItem {
  id title variantTitle sku quantity currentQuantity unfulfilledQuantity requiresShipping
  discountedUnitPriceSet { shopMoney { amount currencyCode } }
  product { id }
  variant { id }
  image { url }
}`;

const FULFILMENT_FIELDS = `fragment FulfilmentFields on Fulfillment {
  id status createdAt
  trackingInfo(first: 10) { company number }
  fulfillmentLineItems(first: $parcelLines) { nodes { quantity lineItem { id } } pageInfo { hasNextPage endCursor } }
}`;

const query = (name: string, document: string): Operation => ({ name, kind: 'query', document });
const mutation = (name: string, document: string): Operation => ({ name, kind: 'mutation', document });

export const SHOP = query(
  'Shop',
  `query Shop {
  shop { name currencyCode ianaTimezone myshopifyDomain }
  currentAppInstallation { accessScopes { handle } }
}`,
);

export const PRIMARY_LOCATION = query(
  'PrimaryLocation',
  `query PrimaryLocation { location { id name isActive } }`,
);

export const LOCATION = query(
  'Location',
  `query Location($id: ID!) { location(id: $id) { id name isActive } }`,
);

export const LOCATIONS = query(
  'Locations',
  `query Locations($first: Int!) { locations(first: $first) { nodes { id name isActive } } }`,
);

export const PRODUCTS = query(
  'Products',
  `query Products($first: Int!, $after: String, $query: String, $variants: Int!, $media: Int!, $location: ID!) {
  products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes {
      ...ProductFields
      ...ProductMedia
      variants(first: $variants) { nodes { ...VariantFields } pageInfo { hasNextPage endCursor } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
${PRODUCT_FIELDS}
${PRODUCT_MEDIA}
${VARIANT_FIELDS}`,
);

export const PRODUCT_VARIANTS = query(
  'ProductVariants',
  `query ProductVariants($id: ID!, $first: Int!, $after: String, $location: ID!) {
  product(id: $id) {
    variants(first: $first, after: $after) { nodes { ...VariantFields } pageInfo { hasNextPage endCursor } }
  }
}
${VARIANT_FIELDS}`,
);

export const PRODUCT_IDS = query(
  'ProductIds',
  `query ProductIds($first: Int!, $after: String, $query: String, $variants: Int!) {
  products(first: $first, after: $after, query: $query, sortKey: ID) {
    nodes { id variants(first: $variants) { nodes { id } pageInfo { hasNextPage endCursor } } }
    pageInfo { hasNextPage endCursor }
  }
}`,
);

export const VARIANT_IDS = query(
  'VariantIds',
  `query VariantIds($id: ID!, $first: Int!, $after: String) {
  product(id: $id) { variants(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }
}`,
);

export const READ_PRODUCTS = query(
  'ReadProducts',
  `query ReadProducts($ids: [ID!]!) {
  nodes(ids: $ids) { __typename ...ProductFields }
}
${PRODUCT_FIELDS}`,
);

export const READ_VARIANTS = query(
  'ReadVariants',
  `query ReadVariants($ids: [ID!]!, $location: ID!) {
  nodes(ids: $ids) { __typename ...VariantFields ... on ProductVariant { product { ...ProductFields } } }
}
${PRODUCT_FIELDS}
${VARIANT_FIELDS}`,
);

export const DELETIONS = query(
  'Deletions',
  `query Deletions($first: Int!, $after: String, $query: String) {
  events(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
    nodes { __typename createdAt ... on BasicEvent { action subjectId subjectType } }
    pageInfo { hasNextPage endCursor }
  }
}`,
);

export const PRODUCTS_COUNT = query(
  'ProductsCount',
  `query ProductsCount($limit: Int!) { productsCount(limit: $limit) { count } }`,
);

export const BULK_STATUS = query(
  'BulkStatus',
  `query BulkStatus($id: ID!) { bulkOperation(id: $id) { id status errorCode url createdAt } }`,
);

export const RUN_BULK_QUERY = mutation(
  'RunBulkQuery',
  `mutation RunBulkQuery($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id createdAt }
    userErrors { field message code }
  }
}`,
);

export const STAGE_UPLOADS = mutation(
  'StageUploads',
  `mutation StageUploads($input: [StagedUploadInput!]!) {
  stagedUploadsCreate(input: $input) {
    stagedTargets { url parameters { name value } }
    userErrors { field message }
  }
}`,
);

export const RUN_BULK_MUTATION = mutation(
  'RunBulkMutation',
  `mutation RunBulkMutation($mutation: String!, $path: String!) {
  bulkOperationRunMutation(mutation: $mutation, stagedUploadPath: $path) {
    bulkOperation { id createdAt }
    userErrors { field message code }
  }
}`,
);

/** The newest first. */
export const BULK_OPERATIONS = query(
  'BulkOperations',
  `query BulkOperations($first: Int!) {
  bulkOperations(first: $first, reverse: true, sortKey: CREATED_AT) {
    nodes { id type status url createdAt query }
  }
}`,
);

/** All products in one file: a document of its own, which takes no variables and no fragments. */
export function bulkProductsQuery(locationId: string): string {
  return `{
  products {
    edges {
      node {${PRODUCT_SELECTION}
        media { edges { node { __typename id ... on MediaImage { alt image { url } } } } }
        variants { edges { node {${variantSelection(JSON.stringify(locationId))} } } }
      }
    }
  }
}`;
}

export const ORDERS = query(
  'Orders',
  `query Orders($first: Int!, $after: String, $query: String, $lines: Int!) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes {
      ...OrderFields
      lineItems(first: $lines) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
${ORDER_FIELDS}
${LINE_FIELDS}`,
);

export const ORDER_LINES = query(
  'OrderLines',
  `query OrderLines($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    lineItems(first: $first, after: $after) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }
  }
}
${LINE_FIELDS}`,
);

export const ORDER_FULFILMENT = query(
  'OrderFulfilment',
  `query OrderFulfilment($id: ID!, $parcels: Int!, $parcelLines: Int!, $orders: Int!, $lines: Int!, $after: String) {
  order(id: $id) {
    id name cancelledAt displayFulfillmentStatus
    fulfillments(first: $parcels) { ...FulfilmentFields }
    fulfillmentOrders(first: $orders, after: $after) {
      nodes {
        id status
        assignedLocation { location { id } }
        supportedActions { action }
        lineItems(first: $lines) {
          nodes { id remainingQuantity lineItem { id } }
          pageInfo { hasNextPage endCursor }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${FULFILMENT_FIELDS}`,
);

export const PARCEL_LINES = query(
  'ParcelLines',
  `query ParcelLines($id: ID!, $first: Int!, $after: String) {
  fulfillment(id: $id) {
    fulfillmentLineItems(first: $first, after: $after) {
      nodes { quantity lineItem { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
);

export const PART_LINES = query(
  'PartLines',
  `query PartLines($id: ID!, $first: Int!, $after: String) {
  fulfillmentOrder(id: $id) {
    lineItems(first: $first, after: $after) {
      nodes { id remainingQuantity lineItem { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
);

export const UPDATE_PRODUCT = mutation(
  'UpdateProduct',
  `mutation UpdateProduct($product: ProductUpdateInput!) {
  productUpdate(product: $product) { product { id updatedAt } userErrors { field message } }
}`,
);

export const UPDATE_VARIANTS = mutation(
  'UpdateVariants',
  `mutation UpdateVariants($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $productId, variants: $variants, allowPartialUpdates: true) {
    productVariants { id }
    userErrors { field message code }
  }
}`,
);

export const SET_QUANTITIES = mutation(
  'SetQuantities',
  `mutation SetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { field message code }
  }
}`,
);

export const ACTIVATE_INVENTORY = mutation(
  'ActivateInventory',
  `mutation ActivateInventory($inventoryItemId: ID!, $locationId: ID!, $available: Int!, $key: String!) {
  inventoryActivate(inventoryItemId: $inventoryItemId, locationId: $locationId, available: $available) @idempotent(key: $key) {
    inventoryLevel { id }
    userErrors { field message }
  }
}`,
);

export const CREATE_FULFILMENT = mutation(
  'CreateFulfilment',
  `mutation CreateFulfilment($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status } userErrors { field message } }
}`,
);

export const UPDATE_TRACKING = mutation(
  'UpdateTracking',
  `mutation UpdateTracking($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean!) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    fulfillment { id }
    userErrors { field message }
  }
}`,
);

export const CANCEL_ORDER = mutation(
  'CancelOrder',
  `mutation CancelOrder($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notify: Boolean!, $refund: OrderCancelRefundMethodInput, $note: String) {
  orderCancel(orderId: $id, reason: $reason, restock: $restock, notifyCustomer: $notify, refundMethod: $refund, staffNote: $note) {
    job { id done }
    orderCancelUserErrors { field message code }
  }
}`,
);

export const ORDER_REFUNDS = query(
  'OrderRefunds',
  `query OrderRefunds($id: ID!, $first: Int!) {
  order(id: $id) { name cancelledAt refunds(first: $first) { id note totalRefundedSet { shopMoney { amount currencyCode } } } }
}`,
);

export const SUGGEST_REFUND = query(
  'SuggestRefund',
  `query SuggestRefund($id: ID!, $items: [RefundLineItemInput!], $shipping: Boolean!) {
  order(id: $id) {
    suggestedRefund(refundLineItems: $items, refundShipping: $shipping) {
      amountSet { ...bag }
      suggestedTransactions { gateway amountSet { ...bag } maximumRefundableSet { ...bag } parentTransaction { id } }
    }
  }
}
fragment bag on MoneyBag { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }`,
);

export const REFUND_ORDER = mutation(
  'RefundOrder',
  `mutation RefundOrder($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id }
    userErrors { field message }
  }
}`,
);

/** All of them, for the contract test and the simulator. */
export const OPERATIONS: readonly Operation[] = [
  SHOP,
  PRIMARY_LOCATION,
  LOCATION,
  LOCATIONS,
  PRODUCTS,
  PRODUCT_VARIANTS,
  PRODUCT_IDS,
  VARIANT_IDS,
  READ_PRODUCTS,
  READ_VARIANTS,
  DELETIONS,
  PRODUCTS_COUNT,
  BULK_STATUS,
  RUN_BULK_QUERY,
  STAGE_UPLOADS,
  RUN_BULK_MUTATION,
  BULK_OPERATIONS,
  ORDERS,
  ORDER_LINES,
  ORDER_FULFILMENT,
  PARCEL_LINES,
  PART_LINES,
  UPDATE_PRODUCT,
  UPDATE_VARIANTS,
  SET_QUANTITIES,
  ACTIVATE_INVENTORY,
  CREATE_FULFILMENT,
  UPDATE_TRACKING,
  CANCEL_ORDER,
  ORDER_REFUNDS,
  SUGGEST_REFUND,
  REFUND_ORDER,
];
