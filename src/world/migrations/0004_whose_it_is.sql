ALTER TABLE `outlets` ADD `user_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `outlets_of_person` ON `outlets` (`user_id`);--> statement-breakpoint
ALTER TABLE `engagement_news` ADD `tell_at` integer NOT NULL DEFAULT 0;--> statement-breakpoint
CREATE INDEX `engagement_news_by_time` ON `engagement_news` (`guild_id`,`tell_at`);--> statement-breakpoint
UPDATE `outlets` SET `user_id` = substr(`id`, 2), `id` = '@' || lower(hex(randomblob(11))) WHERE `id` LIKE '@%';--> statement-breakpoint
INSERT INTO `outlets` (`id`, `user_id`, `state`, `since`) SELECT '@' || lower(hex(randomblob(11))), `person`, 'open', 0 FROM (SELECT substr(`outlet_id`, 2) AS `person` FROM `announcements` WHERE `outlet_id` LIKE '@%' UNION SELECT substr(`outlet_id`, 2) FROM `channel_messages` WHERE `outlet_id` LIKE '@%') WHERE `person` NOT IN (SELECT `user_id` FROM `outlets` WHERE `user_id` IS NOT NULL);--> statement-breakpoint
UPDATE `announcements` SET `outlet_id` = (SELECT `id` FROM `outlets` WHERE `user_id` = substr(`announcements`.`outlet_id`, 2)) WHERE `outlet_id` LIKE '@%';--> statement-breakpoint
UPDATE `channel_messages` SET `outlet_id` = (SELECT `id` FROM `outlets` WHERE `user_id` = substr(`channel_messages`.`outlet_id`, 2)) WHERE `outlet_id` LIKE '@%';--> statement-breakpoint
DELETE FROM `outbox` WHERE `key` LIKE 'discordNotify:@%' AND substr(`key`, 16) NOT IN (SELECT `user_id` FROM `outlets` WHERE `user_id` IS NOT NULL);--> statement-breakpoint
UPDATE `outbox` SET (`key`, `payload`, `handed_at`) = (SELECT 'discordNotify:' || `id`, json_object('outletId', `id`), NULL FROM `outlets` WHERE `user_id` = substr(`outbox`.`key`, 16)) WHERE `key` LIKE 'discordNotify:@%';--> statement-breakpoint
DELETE FROM `outbox` WHERE `task` = 'tellEngagement';--> statement-breakpoint
INSERT INTO `outbox` (`key`, `task`, `payload`, `run_at`) SELECT DISTINCT 'tellEngagement:' || `guild_id`, 'tellEngagement', json_object('guildId', `guild_id`), 0 FROM `engagement_news`;