CREATE TABLE `privacy_requests` (
	`mark` text NOT NULL,
	`what` text NOT NULL,
	`asked_at` integer NOT NULL,
	PRIMARY KEY(`mark`, `what`)
);
