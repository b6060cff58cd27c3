/**
 * The part of Admin API 2026-10 that the simulated shop answers. Names, types
 * and arguments are Shopify's; a contract test holds every line of it against
 * the official schema.
 */
export const SDL = `
directive @idempotent(key: String!) on FIELD

schema { query: QueryRoot mutation: Mutation }

scalar DateTime
scalar Decimal
scalar FormattedString
scalar HTML
scalar Money
scalar UnsignedInt64
scalar URL

interface Node { id: ID! }
interface DisplayableError { field: [String!] message: String! }

type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }

type QueryRoot {
  bulkOperation(id: ID!): BulkOperation
  bulkOperations(after: String, first: Int, query: String, reverse: Boolean = false, sortKey: BulkOperationsSortKeys = CREATED_AT): BulkOperationConnection!
  currentAppInstallation: AppInstallation!
  events(after: String, first: Int, query: String, reverse: Boolean = false, sortKey: EventSortKeys = ID): EventConnection
  fulfillment(id: ID!): Fulfillment
  fulfillmentOrder(id: ID!): FulfillmentOrder
  location(id: ID): Location
  locations(after: String, first: Int, includeInactive: Boolean = false): LocationConnection!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  order(id: ID!): Order
  orders(after: String, first: Int, query: String, reverse: Boolean = false, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
  product(id: ID!): Product
  products(after: String, first: Int, query: String, reverse: Boolean = false, sortKey: ProductSortKeys = ID): ProductConnection!
  productsCount(limit: Int = 10000, query: String): Count
  shop: Shop!
}

type Count { count: Int! precision: CountPrecision! }
enum CountPrecision { AT_LEAST EXACT }
enum BulkOperationStatus { COMPLETED CREATED FAILED RUNNING }
enum BulkOperationErrorCode { ACCESS_DENIED INTERNAL_SERVER_ERROR TIMEOUT }
type BulkOperation implements Node {
  id: ID!
  type: BulkOperationType!
  query: String!
  status: BulkOperationStatus!
  errorCode: BulkOperationErrorCode
  url: URL
  createdAt: DateTime!
  objectCount: UnsignedInt64!
}
type BulkOperationRunQueryPayload { bulkOperation: BulkOperation userErrors: [BulkOperationUserError!]! }
type BulkOperationUserError implements DisplayableError { code: BulkOperationUserErrorCode field: [String!] message: String! }
enum BulkOperationUserErrorCode { INVALID OPERATION_IN_PROGRESS }

enum BulkOperationType { MUTATION QUERY }
enum BulkOperationsSortKeys { COMPLETED_AT CREATED_AT }
type BulkOperationConnection { nodes: [BulkOperation!]! pageInfo: PageInfo! }
type BulkOperationRunMutationPayload { bulkOperation: BulkOperation userErrors: [BulkMutationUserError!]! }
type BulkMutationUserError implements DisplayableError { code: BulkMutationErrorCode field: [String!] message: String! }
enum BulkMutationErrorCode { LIMIT_REACHED NO_SUCH_FILE }
enum StagedUploadHttpMethodType { POST PUT }
enum StagedUploadTargetGenerateUploadResource { BULK_MUTATION_VARIABLES }
input StagedUploadInput {
  filename: String!
  fileSize: UnsignedInt64
  httpMethod: StagedUploadHttpMethodType = PUT
  mimeType: String!
  resource: StagedUploadTargetGenerateUploadResource!
}
type StagedUploadParameter { name: String! value: String! }
type StagedMediaUploadTarget { parameters: [StagedUploadParameter!]! resourceUrl: URL url: URL }
type StagedUploadsCreatePayload { stagedTargets: [StagedMediaUploadTarget!] userErrors: [UserError!]! }

enum EventSortKeys { CREATED_AT ID }
enum OrderSortKeys { CREATED_AT ID PROCESSED_AT UPDATED_AT }
enum ProductSortKeys { CREATED_AT ID UPDATED_AT }
enum CurrencyCode { AUD CAD CHF DKK EUR GBP JPY NOK PLN SEK USD }
enum CountryCode { AT BE CH CZ DE DK ES FR GB IT NL PL SE US }
enum ProductStatus { ACTIVE ARCHIVED DRAFT UNLISTED }
enum ProductVariantInventoryPolicy { CONTINUE DENY }
enum WeightUnit { GRAMS KILOGRAMS OUNCES POUNDS }
enum MediaContentType { IMAGE }

type Shop { id: ID! name: String! currencyCode: CurrencyCode! ianaTimezone: String! myshopifyDomain: String! }
type AppInstallation implements Node { id: ID! accessScopes: [AccessScope!]! }
type AccessScope { handle: String! description: String! }
type Location implements Node { id: ID! name: String! isActive: Boolean! }
type LocationConnection { nodes: [Location!]! pageInfo: PageInfo! }

type ProductConnection { edges: [ProductEdge!]! nodes: [Product!]! pageInfo: PageInfo! }
type ProductEdge { cursor: String! node: Product! }
type Product implements Node {
  id: ID!
  title: String!
  handle: String!
  descriptionHtml: HTML!
  vendor: String!
  productType: String!
  tags: [String!]!
  status: ProductStatus!
  createdAt: DateTime!
  updatedAt: DateTime!
  onlineStoreUrl: URL
  hasOnlyDefaultVariant: Boolean!
  category: TaxonomyCategory
  media(after: String, first: Int): MediaConnection!
  variants(after: String, first: Int): ProductVariantConnection!
}
type TaxonomyCategory implements Node { id: ID! name: String! fullName: String! }
type MediaConnection { edges: [MediaEdge!]! nodes: [Media!]! pageInfo: PageInfo! }
type MediaEdge { cursor: String! node: Media! }
interface Media { id: ID! alt: String mediaContentType: MediaContentType! }
type MediaImage implements Media & Node { id: ID! alt: String mediaContentType: MediaContentType! image: Image }
type Image { id: ID altText: String url: URL! }

type ProductVariantConnection { edges: [ProductVariantEdge!]! nodes: [ProductVariant!]! pageInfo: PageInfo! }
type ProductVariantEdge { cursor: String! node: ProductVariant! }
type ProductVariant implements Node {
  id: ID!
  title: String!
  sku: String
  barcode: String
  price: Money!
  compareAtPrice: Money
  inventoryPolicy: ProductVariantInventoryPolicy!
  position: Int!
  createdAt: DateTime!
  updatedAt: DateTime!
  selectedOptions: [SelectedOption!]!
  inventoryItem: InventoryItem!
  product: Product!
}
type SelectedOption { name: String! value: String! }
type InventoryItem implements Node {
  id: ID!
  sku: String
  tracked: Boolean!
  measurement: InventoryItemMeasurement!
  inventoryLevel(locationId: ID!): InventoryLevel
}
type InventoryItemMeasurement implements Node { id: ID! weight: Weight }
type Weight { unit: WeightUnit! value: Float! }
type InventoryLevel implements Node { id: ID! quantities(names: [String!]!): [InventoryQuantity!]! updatedAt: DateTime! }
type InventoryQuantity implements Node { id: ID! name: String! quantity: Int! }

type EventConnection { nodes: [Event!]! pageInfo: PageInfo! }
interface Event { id: ID! action: String! createdAt: DateTime! message: FormattedString! }
enum EventSubjectType { ORDER PRODUCT PRODUCT_VARIANT }
type BasicEvent implements Event & Node {
  id: ID!
  action: String!
  createdAt: DateTime!
  message: FormattedString!
  subjectId: ID!
  subjectType: EventSubjectType!
}

type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }
enum OrderDisplayFulfillmentStatus { FULFILLED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT RESTOCKED SCHEDULED UNFULFILLED }
type Order implements Node {
  id: ID!
  name: String!
  createdAt: DateTime!
  processedAt: DateTime!
  updatedAt: DateTime!
  cancelledAt: DateTime
  displayFinancialStatus: OrderDisplayFinancialStatus
  displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  requiresShipping: Boolean!
  currencyCode: CurrencyCode!
  note: String
  email: String
  phone: String
  currentTotalPriceSet: MoneyBag!
  shippingLine: ShippingLine
  shippingAddress: MailingAddress
  billingAddress: MailingAddress
  lineItems(after: String, first: Int): LineItemConnection!
  fulfillments(first: Int): [Fulfillment!]!
  refunds(first: Int): [Refund!]!
  suggestedRefund(refundLineItems: [RefundLineItemInput!], refundShipping: Boolean): SuggestedRefund
  fulfillmentOrders(after: String, first: Int): FulfillmentOrderConnection!
}
type MoneyBag { shopMoney: MoneyV2! presentmentMoney: MoneyV2! }
type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
type ShippingLine { id: ID title: String! }
type MailingAddress implements Node {
  id: ID!
  name: String
  company: String
  address1: String
  address2: String
  city: String
  province: String
  provinceCode: String
  zip: String
  country: String
  countryCodeV2: CountryCode
  phone: String
}
type LineItemConnection { nodes: [LineItem!]! pageInfo: PageInfo! }
type LineItem implements Node {
  id: ID!
  title: String!
  variantTitle: String
  sku: String
  quantity: Int!
  currentQuantity: Int!
  unfulfilledQuantity: Int!
  requiresShipping: Boolean!
  discountedUnitPriceSet: MoneyBag!
  product: Product
  variant: ProductVariant
  image: Image
}

enum FulfillmentStatus { CANCELLED ERROR FAILURE SUCCESS }
type Fulfillment implements Node {
  id: ID!
  name: String!
  status: FulfillmentStatus!
  createdAt: DateTime!
  trackingInfo(first: Int): [FulfillmentTrackingInfo!]!
  fulfillmentLineItems(after: String, first: Int): FulfillmentLineItemConnection!
}
type FulfillmentTrackingInfo { company: String number: String url: URL }
type FulfillmentLineItemConnection { nodes: [FulfillmentLineItem!]! pageInfo: PageInfo! }
type FulfillmentLineItem implements Node { id: ID! quantity: Int lineItem: LineItem! }

type FulfillmentOrderConnection { nodes: [FulfillmentOrder!]! pageInfo: PageInfo! }
enum FulfillmentOrderStatus { CANCELLED CLOSED INCOMPLETE IN_PROGRESS ON_HOLD OPEN SCHEDULED }
enum FulfillmentOrderAction { CREATE_FULFILLMENT HOLD RELEASE_HOLD }
type FulfillmentOrder implements Node {
  id: ID!
  status: FulfillmentOrderStatus!
  assignedLocation: FulfillmentOrderAssignedLocation!
  supportedActions: [FulfillmentOrderSupportedAction!]!
  lineItems(after: String, first: Int): FulfillmentOrderLineItemConnection!
}
type FulfillmentOrderAssignedLocation { name: String! location: Location }
type FulfillmentOrderSupportedAction { action: FulfillmentOrderAction! }
type FulfillmentOrderLineItemConnection { nodes: [FulfillmentOrderLineItem!]! pageInfo: PageInfo! }
type FulfillmentOrderLineItem implements Node { id: ID! remainingQuantity: Int! totalQuantity: Int! lineItem: LineItem! }

type Mutation {
  bulkOperationRunMutation(clientIdentifier: String, mutation: String!, stagedUploadPath: String!): BulkOperationRunMutationPayload
  bulkOperationRunQuery(groupObjects: Boolean! = false, query: String!): BulkOperationRunQueryPayload
  fulfillmentCreate(fulfillment: FulfillmentInput!, message: String): FulfillmentCreatePayload
  fulfillmentTrackingInfoUpdate(fulfillmentId: ID!, notifyCustomer: Boolean, trackingInfoInput: FulfillmentTrackingInput!): FulfillmentTrackingInfoUpdatePayload
  inventoryActivate(available: Int, inventoryItemId: ID!, locationId: ID!): InventoryActivatePayload
  inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
  orderCancel(notifyCustomer: Boolean = false, orderId: ID!, reason: OrderCancelReason!, refundMethod: OrderCancelRefundMethodInput, restock: Boolean!, staffNote: String): OrderCancelPayload
  productUpdate(product: ProductUpdateInput): ProductUpdatePayload
  productVariantsBulkUpdate(allowPartialUpdates: Boolean = false, productId: ID!, variants: [ProductVariantsBulkInput!]!): ProductVariantsBulkUpdatePayload
  refundCreate(input: RefundInput!): RefundCreatePayload
  stagedUploadsCreate(input: [StagedUploadInput!]!): StagedUploadsCreatePayload
}

type UserError implements DisplayableError { field: [String!] message: String! }

input ProductUpdateInput {
  id: ID
  title: String
  descriptionHtml: String
  vendor: String
  productType: String
  tags: [String!]
  status: ProductStatus
  handle: String
  redirectNewHandle: Boolean
}
type ProductUpdatePayload { product: Product userErrors: [UserError!]! }

input ProductVariantsBulkInput {
  id: ID
  barcode: String
  price: Money
  compareAtPrice: Money
  inventoryItem: InventoryItemInput
  inventoryPolicy: ProductVariantInventoryPolicy
}
input InventoryItemInput { sku: String tracked: Boolean measurement: InventoryItemMeasurementInput }
input InventoryItemMeasurementInput { weight: WeightInput }
input WeightInput { unit: WeightUnit! value: Float! }
type ProductVariantsBulkUpdatePayload {
  product: Product
  productVariants: [ProductVariant!]
  userErrors: [ProductVariantsBulkUpdateUserError!]!
}
type ProductVariantsBulkUpdateUserError implements DisplayableError {
  code: ProductVariantsBulkUpdateUserErrorCode
  field: [String!]
  message: String!
}
enum ProductVariantsBulkUpdateUserErrorCode { GREATER_THAN_OR_EQUAL_TO PRODUCT_DOES_NOT_EXIST PRODUCT_VARIANT_DOES_NOT_EXIST PRODUCT_VARIANT_ID_MISSING TOO_LONG }

input InventorySetQuantitiesInput { name: String! quantities: [InventoryQuantityInput!]! reason: String! referenceDocumentUri: String }
input InventoryQuantityInput { changeFromQuantity: Int inventoryItemId: ID! locationId: ID! quantity: Int! }
type InventoryAdjustmentGroup implements Node { id: ID! reason: String! referenceDocumentUri: String createdAt: DateTime! }
type InventorySetQuantitiesPayload { inventoryAdjustmentGroup: InventoryAdjustmentGroup userErrors: [InventorySetQuantitiesUserError!]! }
type InventorySetQuantitiesUserError implements DisplayableError {
  code: InventorySetQuantitiesUserErrorCode
  field: [String!]
  message: String!
}
enum InventorySetQuantitiesUserErrorCode {
  CHANGE_FROM_QUANTITY_STALE
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH
  INVALID_INVENTORY_ITEM
  INVALID_LOCATION
  INVALID_NAME
  INVALID_QUANTITY_NEGATIVE
  INVALID_QUANTITY_TOO_HIGH
  INVALID_QUANTITY_TOO_LOW
}
type InventoryActivatePayload { inventoryLevel: InventoryLevel userErrors: [UserError!]! }

input FulfillmentInput {
  lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]!
  notifyCustomer: Boolean = false
  trackingInfo: FulfillmentTrackingInput
}
input FulfillmentOrderLineItemsInput { fulfillmentOrderId: ID! fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!] }
input FulfillmentOrderLineItemInput { id: ID! quantity: Int! }
input FulfillmentTrackingInput { company: String number: String numbers: [String!] url: URL urls: [URL!] }
type FulfillmentCreatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }
type FulfillmentTrackingInfoUpdatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }

enum OrderCancelReason { CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF }
input OrderCancelRefundMethodInput @oneOf { originalPaymentMethodsRefund: Boolean }
type Job { id: ID! done: Boolean! }
enum OrderCancelUserErrorCode { INVALID NOT_FOUND }
type OrderCancelUserError implements DisplayableError { code: OrderCancelUserErrorCode field: [String!] message: String! }
type OrderCancelPayload { job: Job orderCancelUserErrors: [OrderCancelUserError!]! }

input RefundInput {
  currency: CurrencyCode
  orderId: ID!
  note: String
  notify: Boolean
  refundLineItems: [RefundLineItemInput!]
  shipping: ShippingRefundInput
  transactions: [OrderTransactionInput!]
}
enum OrderTransactionKind { REFUND SALE }
input OrderTransactionInput { amount: Money! gateway: String! kind: OrderTransactionKind! orderId: ID! parentId: ID }
type OrderTransaction implements Node { id: ID! gateway: String kind: OrderTransactionKind! amountSet: MoneyBag! }
type SuggestedRefund { amountSet: MoneyBag! suggestedTransactions: [SuggestedOrderTransaction!]! }
type SuggestedOrderTransaction { gateway: String amountSet: MoneyBag! maximumRefundableSet: MoneyBag parentTransaction: OrderTransaction }
enum RefundLineItemRestockType { CANCEL NO_RESTOCK RETURN }
input RefundLineItemInput { lineItemId: ID! locationId: ID quantity: Int! restockType: RefundLineItemRestockType }
input ShippingRefundInput { amount: Money fullRefund: Boolean }
type Refund implements Node { id: ID! note: String totalRefundedSet: MoneyBag! }
type RefundCreatePayload { refund: Refund order: Order userErrors: [UserError!]! }
`;
