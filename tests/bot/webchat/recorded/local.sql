BEGIN TRANSACTION;
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	chat BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	lesson VARCHAR(64) NOT NULL, 
	step VARCHAR(128) NOT NULL, 
	quantity VARCHAR(128) NOT NULL, 
	typed TEXT NOT NULL, 
	verdict VARCHAR(32) NOT NULL, 
	mistakes TEXT NOT NULL, 
	hints INTEGER NOT NULL, 
	tries INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "attempts" VALUES(1,1,1795931193976,'bn','h1_product','w12.product','0.21','mistake','["dropped_sign"]',0,1);
CREATE TABLE inbox (
	bot BIGINT NOT NULL, 
	update_id BIGINT NOT NULL, 
	chat BIGINT, 
	raw TEXT, 
	received_ms BIGINT NOT NULL, 
	handled BOOLEAN NOT NULL, 
	worker BIGINT, 
	PRIMARY KEY (bot, update_id)
);
INSERT INTO "inbox" VALUES(0,1795931192,NULL,NULL,1795931192414,1,1772617816);
INSERT INTO "inbox" VALUES(0,1795931193,NULL,NULL,1795931192468,1,1772617816);
INSERT INTO "inbox" VALUES(0,1795931194,NULL,NULL,1795931192488,1,1772617816);
INSERT INTO "inbox" VALUES(0,1795931195,NULL,NULL,1795931192500,1,1772617816);
INSERT INTO "inbox" VALUES(0,1795931196,NULL,NULL,1795931193963,1,1772617816);
CREATE TABLE learners (
	chat BIGINT NOT NULL, 
	state TEXT, 
	version INTEGER NOT NULL, 
	blocked BOOLEAN NOT NULL, 
	created_ms BIGINT NOT NULL, 
	updated_ms BIGINT NOT NULL, 
	asked BIGINT, 
	PRIMARY KEY (chat)
);
INSERT INTO "learners" VALUES(1,'{"v":1,"lesson":"bn","step":"h1_product","tries":1,"wrong":"0.21","made":["dropped_sign"],"answered":6,"records":{"what":["read"],"weights":["read"],"example":["read"]}}',5,0,1795931192440,1795931193976,5);
CREATE TABLE outbox (
	bot BIGINT NOT NULL, 
	update_id BIGINT NOT NULL, 
	position INTEGER NOT NULL, 
	chat BIGINT NOT NULL, 
	effect TEXT NOT NULL, 
	unknown BOOLEAN NOT NULL, 
	created_ms BIGINT NOT NULL, 
	worker BIGINT, 
	PRIMARY KEY (bot, update_id, position)
);
CREATE TABLE pictures (
	bot BIGINT NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	kept_ms BIGINT NOT NULL, 
	PRIMARY KEY (bot, "key")
);
INSERT INTO "pictures" VALUES(0,'diagram-d1f93a4908174f4e017064c1d08117b9','photo.ce82a38ea63afea39df4e7b7b91150c9ea0b2414.1',1795931193951);
CREATE TABLE reminders (
	bot BIGINT NOT NULL, 
	chat BIGINT NOT NULL, 
	due_ms BIGINT NOT NULL, 
	PRIMARY KEY (bot, chat)
);
CREATE INDEX inbox_handled ON inbox (bot, received_ms) WHERE handled;
CREATE INDEX inbox_waiting ON inbox (bot, chat) WHERE NOT handled;
CREATE INDEX attempts_by_chat ON attempts (chat, at_ms);
CREATE INDEX outbox_by_chat ON outbox (chat, bot);
CREATE INDEX reminders_by_chat ON reminders (chat);
CREATE INDEX reminders_due ON reminders (bot, due_ms);
CREATE INDEX pictures_by_age ON pictures (kept_ms);
COMMIT;
