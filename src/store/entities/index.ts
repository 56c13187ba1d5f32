import { BlockedNumberEntity } from './blocked-number.entity.js';
import { BundleEntity } from './bundle.entity.js';
import { ChannelStateEntity } from './channel-state.entity.js';
import { ChatLinkEntity } from './chat-link.entity.js';
import { CustomerEntity } from './customer.entity.js';
import { CustomerChangeEntity } from './customer-change.entity.js';
import { DeadLetterEntity } from './dead-letter.entity.js';
import { EarlyReceiptEntity } from './early-receipt.entity.js';
import { EnrolmentEntity } from './enrolment.entity.js';
import { EntryTotalEntity } from './entry-total.entity.js';
import { EntryTotalAtEntity } from './entry-total-at.entity.js';
import { EventEntity } from './event.entity.js';
import { EventDayEntity } from './event-day.entity.js';
import { HeardReplyEntity } from './heard-reply.entity.js';
import { JourneyVersionEntity } from './journey-version.entity.js';
import { KafkaOffsetEntity } from './kafka-offset.entity.js';
import { LinkEntity } from './link.entity.js';
import { MessageEntity } from './message.entity.js';
import { OutcomeEntity } from './outcome.entity.js';
import { PastAttemptEntity } from './past-attempt.entity.js';
import { PastPauseEntity } from './past-pause.entity.js';
import { PauseEntity } from './pause.entity.js';
import { PendingEventEntity } from './pending-event.entity.js';
import { ProviderPollEntity } from './provider-poll.entity.js';
import { RateBucketEntity } from './rate-bucket.entity.js';
import { RolledTypeEntity } from './rolled-type.entity.js';
import { ServedProviderEntity } from './served-provider.entity.js';
import { TaskEntity } from './task.entity.js';
import { WebhookCallEntity } from './webhook-call.entity.js';

/** One for each table; a test holds them against the catalogue. */
export const entities = [
  CustomerEntity,
  CustomerChangeEntity,
  EventEntity,
  EventDayEntity,
  RolledTypeEntity,
  BundleEntity,
  JourneyVersionEntity,
  EnrolmentEntity,
  MessageEntity,
  LinkEntity,
  ChatLinkEntity,
  PastAttemptEntity,
  EarlyReceiptEntity,
  HeardReplyEntity,
  BlockedNumberEntity,
  ProviderPollEntity,
  TaskEntity,
  OutcomeEntity,
  EntryTotalEntity,
  EntryTotalAtEntity,
  WebhookCallEntity,
  PauseEntity,
  PastPauseEntity,
  PendingEventEntity,
  DeadLetterEntity,
  KafkaOffsetEntity,
  RateBucketEntity,
  ChannelStateEntity,
  ServedProviderEntity,
] as const;
