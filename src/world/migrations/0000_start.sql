CREATE TABLE `player_counters` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`counter` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `counter`)
);
--> statement-breakpoint
CREATE TABLE `unlocked_achievements` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`achievement_id` text NOT NULL,
	`unlocked_at` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `achievement_id`)
);
--> statement-breakpoint
CREATE TABLE `daily_counts` (
	`guild_id` text NOT NULL,
	`day` text NOT NULL,
	`metric` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `day`, `metric`)
);
--> statement-breakpoint
CREATE TABLE `announcements` (
	`id` text PRIMARY KEY NOT NULL,
	`guild_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`user_id` text NOT NULL,
	`subject` text NOT NULL,
	`state` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`message_id` text,
	FOREIGN KEY (`message_id`) REFERENCES `channel_messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `announcements_to_tell` ON `announcements` (`channel_id`,`occurred_at`) WHERE message_id IS NULL;--> statement-breakpoint
CREATE INDEX `announcements_of_message` ON `announcements` (`message_id`);--> statement-breakpoint
CREATE TABLE `channel_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`guild_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`frozen_at` integer NOT NULL,
	`ended_at` integer,
	`discord_message_id` text,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `channel_messages_frozen` ON `channel_messages` (`channel_id`) WHERE state = 'frozen';--> statement-breakpoint
CREATE TABLE `crafts` (
	`id` text PRIMARY KEY NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`recipe_id` text NOT NULL,
	`quantity` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`completes_at` integer NOT NULL,
	`ended_at` integer,
	`promise` text NOT NULL,
	`seed` text NOT NULL,
	`masterworks` integer,
	CONSTRAINT "crafts_quantity" CHECK("crafts"."quantity" > 0)
);
--> statement-breakpoint
CREATE INDEX `crafts_of_player` ON `crafts` (`guild_id`,`user_id`,`state`,`completes_at`);--> statement-breakpoint
CREATE TABLE `engagement_tallies` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`minute` integer NOT NULL,
	`points` real NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `minute`)
);
--> statement-breakpoint
CREATE INDEX `engagement_tallies_by_age` ON `engagement_tallies` (`guild_id`,`minute`);--> statement-breakpoint
CREATE TABLE `players` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `guild_settings` (
	`guild_id` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`event_id` text NOT NULL,
	`listener` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`last_error` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`event_id`, `listener`),
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_state` ON `deliveries` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `events` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text,
	`occurred_at` integer NOT NULL,
	`cause_id` text NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id_unique` ON `events` (`id`);--> statement-breakpoint
CREATE TABLE `interactions` (
	`id` text PRIMARY KEY NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `balances` (
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`asset` text NOT NULL,
	`quantity` integer NOT NULL,
	PRIMARY KEY(`guild_id`, `user_id`, `asset`),
	CONSTRAINT "balances_not_negative" CHECK("balances"."quantity" >= 0)
);
--> statement-breakpoint
CREATE TABLE `ledger` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`guild_id` text NOT NULL,
	`user_id` text NOT NULL,
	`asset` text NOT NULL,
	`change` integer NOT NULL,
	`event_id` text NOT NULL,
	`occurred_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_changes_something" CHECK("ledger"."change" <> 0)
);
--> statement-breakpoint
CREATE INDEX `ledger_of_person` ON `ledger` (`guild_id`,`user_id`,`asset`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`revision` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`task` text NOT NULL,
	`payload` text NOT NULL,
	`run_at` integer NOT NULL,
	`handed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_to_hand_over` ON `outbox` (`run_at`) WHERE handed_at IS NULL;--> statement-breakpoint
CREATE TABLE `world_facts` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
