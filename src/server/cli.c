/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "cli.h"

#include "admin.h"
#include "baton-error.h"
#include "commands.h"
#include "keep.h"
#include "passwords.h"
#include "store.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static char *folder;
static char *role;
static char *password_file;
static gint64 most = 100;
static gboolean json;
static gboolean deep;

static const GOptionEntry entries[] = {
  { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_ ("The server’s folder"), N_ ("DIR") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer in JSON"), NULL },
  { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_ ("owner, manager, member, reviewer or viewer"),
      N_ ("ROLE") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      N_ ("Where the new password is read from; “-” is standard input"), N_ ("FILE") },
  { "deep", 0, 0, G_OPTION_ARG_NONE, &deep, N_ ("Read every file, too"), NULL },
  { "lines", 'n', 0, G_OPTION_ARG_INT64, &most, N_ ("How many lines"), N_ ("N") },
  { NULL },
};

/* Asks the running server; when there is none, does it on the folder, which nobody else may have open
 * meanwhile. */
static json_t *
ask (json_t *command, GError **error)
{
  g_autoptr (GError) local = NULL;
  json_t *answered = baton_admin_ask (folder, command, &local);
  g_autoptr (BatonStore) store = NULL;
  g_autoptr (BatonAccounts) accounts = NULL;
  g_autofree char *url = NULL;
  const char *name = json_string_value (json_object_get (command, "do"));

  if (answered != NULL && json_object_get (answered, "error") != NULL)
    {
      json_t *code = json_object_get (answered, "code");

      g_set_error_literal (error, BATON_ERROR,
          json_is_integer (code) ? (int) json_integer_value (code) : BATON_ERROR_IO,
          json_string_value (json_object_get (answered, "error")));
      json_decref (answered);
      return NULL;
    }
  if (answered != NULL || !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      if (answered == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return answered;
    }
  store = baton_store_open (folder, BATON_STORE_OPEN, error);
  accounts = store != NULL ? baton_accounts_open (folder, error) : NULL;
  if (accounts == NULL)
    return NULL;
  url = baton_accounts_meta (accounts, "public_url");
  if (g_str_equal (name, "backup"))
    return baton_command_backup (folder, g_get_real_time (), error);
  if (g_str_equal (name, "verify"))
    return baton_command_verify (folder, deep, accounts, error);
  if (g_str_equal (name, "status"))
    return json_pack ("{s:b, s:s, s:I, s:i}", "running", 0, "public_url", url != NULL ? url : "", "head",
        (json_int_t) baton_reader_last_seq (baton_store_reader (store)), "members",
        (int) baton_accounts_count (accounts, BATON_ROLE_NONE));
  return baton_command_people (accounts, url != NULL ? url : "http://127.0.0.1", command, error);
}

static int
fail (const GError *error)
{
  fprintf (stderr, "baton-server: %s\n", error->message);
  return error->code == BATON_ERROR_NOT_FOUND ? 3 : 1;
}

static int
usage (const char *sentence)
{
  fprintf (stderr, "baton-server: %s\n", sentence);
  return 2;
}

static char *
local_time (gint64 at)
{
  g_autoptr (GDateTime) time = at != 0 ? g_date_time_new_from_unix_local (at / G_USEC_PER_SEC) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup (_ ("never"));
}

static gint64
number (json_t *object, const char *name)
{
  return json_integer_value (json_object_get (object, name));
}

static const char *
text (json_t *object, const char *name)
{
  const char *value = json_string_value (json_object_get (object, name));

  return value != NULL ? value : "";
}

static void
show_invitation (json_t *made)
{
  g_autofree char *expires = local_time (number (made, "expires"));

  printf (_ ("Send this link to one person. It works once, until %s:\n\n  %s\n\nThe same for a browser:\n\n  "
             "%s\n"),
      expires, text (made, "invitation"), text (made, "web"));
}

static void
show_members (json_t *made)
{
  json_t *member;
  gsize i;

  json_array_foreach (json_object_get (made, "members"), i, member)
    printf ("%-10s %s\n", text (member, "role"), text (member, "name"));
}

static void
show_devices (json_t *made)
{
  json_t *device;
  gsize i;

  json_array_foreach (json_object_get (made, "devices"), i, device)
    {
      g_autofree char *seen = local_time (number (device, "seen"));

      printf ("%s  %s  %s\n", text (device, "id"), seen, text (device, "name"));
    }
}

static void
show_log (json_t *made)
{
  json_t *line;
  gsize i;

  json_array_foreach (json_object_get (made, "lines"), i, line)
    {
      g_autofree char *at = local_time (number (line, "at"));

      printf ("%s  %-16s %-14s %s\n", at, text (line, "who"), text (line, "what"), text (line, "detail"));
    }
}

static void
show_backup (json_t *made)
{
  printf (_ ("Written and checked: %s (%d operations)\n"), text (made, "path"), (int) number (made, "seq"));
  if (number (made, "missing") > 0)
    printf (ngettext ("%d file has not arrived yet.\n", "%d files have not arrived yet.\n",
                (gulong) number (made, "missing")),
        (int) number (made, "missing"));
}

static void
show_verify (json_t *made)
{
  json_t *problem;
  gsize i;

  json_array_foreach (json_object_get (made, "problems"), i, problem)
    printf ("%s\n", json_string_value (problem));
  printf (_ ("%d operations and %d lines of the audit log checked.\n"), (int) number (made, "operations"),
      (int) number (made, "audit_lines"));
  printf (_ ("The audit log ends with %s.\n"), text (made, "audit_head"));
  if (json_is_true (json_object_get (made, "ok")))
    printf ("%s\n", _ ("Everything is in order."));
}

static void
show_status (json_t *made)
{
  g_autofree char *backup = local_time (number (made, "backup_at"));

  if (!json_is_true (json_object_get (made, "running")))
    {
      printf (_ ("No server runs here. %d operations, %d people.\n"), (int) number (made, "head"),
          (int) number (made, "members"));
      return;
    }
  printf (_ ("Baton %s listens on %s; links carry %s.\n"), text (made, "version"), text (made, "listen"),
      text (made, "public_url"));
  printf (_ ("%d operations, %d people, %d devices, %d connected.\n"), (int) number (made, "head"),
      (int) number (made, "members"), (int) number (made, "devices"), (int) number (made, "connected"));
  printf (_ ("Last verified backup: %s, up to operation %d.\n"), backup, (int) number (made, "backup"));
  if (*text (made, "trouble") != '\0')
    printf (_ ("Nothing can be written at present: %s.\n"), text (made, "trouble"));
}

static void
show_done (json_t *made)
{
  printf ("%s\n", _ ("Done."));
}

/* From a file, from standard input, or asked for without showing it. */
static char *
read_password (GError **error)
{
  g_autofree char *contents = NULL;
  struct termios before, silent;
  gboolean terminal =
      password_file == NULL && isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &before) == 0;
  char line[BATON_PASSWORD_MOST + 2] = "";

  if (password_file != NULL && !g_str_equal (password_file, "-"))
    {
      if (!g_file_get_contents (password_file, &contents, NULL, error))
        return NULL;
      contents[strcspn (contents, "\r\n")] = '\0';
      return g_steal_pointer (&contents);
    }
  if (terminal)
    {
      fprintf (stderr, "%s", _ ("New password: "));
      silent = before;
      silent.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  if (fgets (line, sizeof line, stdin) == NULL)
    *line = '\0';
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      fputc ('\n', stderr);
    }
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

static int
finish (json_t *command, void (*show) (json_t *made))
{
  g_autoptr (GError) error = NULL;
  json_t *made = ask (command, &error);
  int status = 0;

  json_decref (command);
  if (made == NULL)
    return fail (error);
  if (json)
    {
      char *dumped = json_dumps (made, JSON_COMPACT);

      printf ("%s\n", dumped);
      free (dumped);
    }
  else
    show (made);
  /* What was checked and found wanting is no success. */
  status = json_is_false (json_object_get (made, "ok")) ? 4 : 0;
  json_decref (made);
  return status;
}

static int
run_invite (char **words)
{
  const char *wanted = role != NULL ? role : words[0] != NULL ? words[0] : "member";

  return finish (json_pack ("{s:s, s:s}", "do", "invite", "role", wanted), show_invitation);
}

static int
set_password (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password = read_password (&error);
  g_autofree char *encoded = NULL;

  if (password == NULL)
    return fail (error);
  if (baton_password_complaint (password) != NULL)
    return usage (baton_password_complaint (password));
  encoded = baton_password_hash (password);
  if (encoded == NULL)
    return usage (_ ("There is not enough memory for this now."));
  return finish (
      json_pack ("{s:s, s:s, s:s}", "do", "password", "name", name, "encoded", encoded), show_done);
}

static int
run_user (char **words)
{
  if (words[0] == NULL || g_str_equal (words[0], "list"))
    return finish (json_pack ("{s:s}", "do", "users"), show_members);
  if (words[1] == NULL)
    return usage (_ ("Say: user list, user remove NAME, user password NAME, or user devices NAME."));
  if (g_str_equal (words[0], "remove"))
    return finish (json_pack ("{s:s, s:s}", "do", "remove", "name", words[1]), show_done);
  if (g_str_equal (words[0], "password"))
    return set_password (words[1]);
  if (g_str_equal (words[0], "devices"))
    return finish (json_pack ("{s:s, s:s}", "do", "devices", "name", words[1]), show_devices);
  return usage (_ ("Say: user list, user remove NAME, user password NAME, or user devices NAME."));
}

static int
run_role (char **words)
{
  if (words[0] == NULL || (words[1] == NULL && role == NULL))
    return usage (_ ("Say: role NAME ROLE."));
  return finish (json_pack ("{s:s, s:s, s:s}", "do", "role", "name", words[0], "role",
                     words[1] != NULL ? words[1] : role),
      show_done);
}

static int
run_revoke (char **words)
{
  if (words[0] == NULL)
    return usage (_ ("Say: revoke NAME [DEVICE]."));
  return finish (
      json_pack ("{s:s, s:s, s:s*}", "do", "revoke", "name", words[0], "device", words[1]), show_done);
}

static int
run_backup (char **words)
{
  return finish (json_pack ("{s:s}", "do", "backup"), show_backup);
}

static int
run_verify (char **words)
{
  return finish (json_pack ("{s:s, s:b}", "do", "verify", "deep", deep), show_verify);
}

static int
run_status (char **words)
{
  return finish (json_pack ("{s:s}", "do", "status"), show_status);
}

static int
run_log (char **words)
{
  return finish (json_pack ("{s:s, s:I}", "do", "log", "most", (json_int_t) most), show_log);
}

/* Never while the server runs: the files are exchanged. */
static int
run_restore (char **words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (BatonAccounts) accounts = NULL;
  gint64 now = g_get_real_time ();
  const char *name = words[0] != NULL && !g_str_equal (words[0], "latest") ? words[0] : NULL;
  g_autoptr (BatonBackup) backup = baton_keep_restore (folder, name, now, &kept, &error);

  if (backup == NULL)
    return fail (error);
  accounts = baton_accounts_open (folder, NULL);
  if (accounts != NULL)
    baton_accounts_audit (accounts, (BatonActor){ "console", now }, "restore", backup->path, NULL);
  if (json)
    {
      json_t *made = json_pack (
          "{s:s, s:I, s:s*}", "restored", backup->path, "seq", (json_int_t) backup->seq, "kept", kept);
      char *dumped = json_dumps (made, JSON_COMPACT);

      printf ("%s\n", dumped);
      free (dumped);
      json_decref (made);
      return 0;
    }
  printf (_ ("%s is in place (%d operations). The clients offer again what it lacks.\n"), backup->path,
      (int) backup->seq);
  if (kept != NULL && g_file_test (kept, G_FILE_TEST_EXISTS))
    printf (_ ("The database that was there is kept as %s.\n"), kept);
  return 0;
}

typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  const char *options; /* besides --data and --json, which all know */
  guint most;          /* arguments */
  int (*run) (char **words);
} Command;

static const Command commands[] = {
  { "invite", N_ ("[--role ROLE]"), N_ ("Make an invitation link for one person"), "role", 0, run_invite },
  { "user", N_ ("list|remove NAME|password NAME|devices NAME"), N_ ("Show, remove, or give a new password"),
      "password-file", 2, run_user },
  { "role", N_ ("NAME ROLE"), N_ ("Give somebody another role"), "", 2, run_role },
  { "revoke", N_ ("NAME [DEVICE]"), N_ ("Sign devices out"), "", 2, run_revoke },
  { "backup", "", N_ ("Make a backup now and check it"), "", 0, run_backup },
  { "restore", N_ ("[BACKUP]"), N_ ("Put a backup in place while the server is stopped"), "", 1,
      run_restore },
  { "verify", N_ ("[--deep]"), N_ ("Check database, audit log and files"), "deep", 0, run_verify },
  { "status", "", N_ ("Show how the server is"), "", 0, run_status },
  { "log", N_ ("[-n N]"), N_ ("Show the audit log"), "lines", 0, run_log },
};

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
    }
  return NULL;
}

gboolean
baton_cli_is_command (const char *word)
{
  return find_command (word) != NULL;
}

void
baton_cli_show_commands (void)
{
  printf ("%s\n", _ ("Commands, each with --data DIR, also while the server runs:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    printf ("  %s %s\n      %s\n", commands[i].name,
        *commands[i].arguments != '\0' ? _ (commands[i].arguments) : "", _ (commands[i].summary));
}

/* What a command does not know is no option of its. Transfer full. */
static GOptionEntry *
options_of (const Command *command)
{
  GOptionEntry *known = g_new0 (GOptionEntry, G_N_ELEMENTS (entries));
  guint n = 0;

  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    {
      if (g_str_equal (entry->long_name, "data") || g_str_equal (entry->long_name, "json") ||
          g_str_equal (entry->long_name, command->options))
        known[n++] = *entry;
    }
  return known;
}

int
baton_cli_run (char **words)
{
  const Command *command = find_command (words[0]);
  g_autofree GOptionEntry *options = NULL;
  g_autofree char *usage_words = NULL;
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = g_strdupv (words);

  if (command == NULL)
    return usage (_ ("There is no such command."));
  usage_words =
      g_strconcat (command->name, " ", *command->arguments != '\0' ? _ (command->arguments) : "", NULL);
  context = g_option_context_new (g_strchomp (usage_words));
  options = options_of (command);
  g_option_context_set_summary (context, _ (command->summary));
  /* The parser takes the first word for the program's name. */
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse_strv (context, &rest, &error))
    return usage (error->message);
  if (folder == NULL)
    return usage (_ ("Say which server: --data DIR."));
  if (g_strv_length (rest + 1) > command->most)
    {
      g_autofree char *sentence = g_strdup_printf (
          _ ("“%s” does not know what to do with “%s”."), command->name, rest[1 + command->most]);

      return usage (sentence);
    }
  return command->run (rest + 1);
}
