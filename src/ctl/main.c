/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "interrupt.h"

#include "baton-config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* One a line, so that a new one is a line. */
static const CtlCommand *const groups[] = {
  ctl_workspace_commands,
  ctl_keep_commands,
  ctl_exchange_commands,
  ctl_event_commands,
  ctl_handoff_commands,
  ctl_report_commands,
  ctl_board_commands,
  ctl_stage_commands,
  ctl_card_commands,
  ctl_card_change_commands,
  ctl_card_part_commands,
  ctl_name_commands,
  ctl_asset_commands,
  ctl_comment_commands,
  ctl_review_commands,
  ctl_review_settings,
  ctl_passport_commands,
  ctl_history_commands,
  ctl_simulate_commands,
  ctl_inbox_commands,
  ctl_share_commands,
  ctl_team_commands,
  ctl_attention_commands,
};

static char *folder;
static gboolean json;
static gboolean help;
static gboolean version;

static const GOptionEntry globals[] = {
  { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, &folder, N_ ("The workspace’s folder"), N_ ("DIR") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer in JSON"), NULL },
  { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show what there is, or how a command is used"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Show the version"), NULL },
  { NULL },
};

/* The command of exactly these words, or NULL; *more says whether longer commands begin with them. */
static const CtlCommand *
find_command (const char *words, gboolean *more)
{
  const CtlCommand *found = NULL;
  gsize length = strlen (words);

  *more = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      for (const CtlCommand *command = groups[i]; command->words != NULL; command++)
        {
          if (g_str_equal (command->words, words))
            found = command;
          else if (length == 0 || (g_str_has_prefix (command->words, words) && command->words[length] == ' '))
            *more = TRUE;
        }
    }
  return found;
}

static void
append_commands (GString *out, const char *words)
{
  gsize length = strlen (words);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      for (const CtlCommand *command = groups[i]; command->words != NULL; command++)
        {
          if (length == 0 ||
              (g_str_has_prefix (command->words, words) && strchr (" ", command->words[length]) != NULL))
            g_string_append_printf (out, "  %-24s %s\n", command->words, _ (command->summary));
        }
    }
}

static void
show_commands (const char *words, FILE *stream)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, _ ("Usage:\n  batonctl [-w DIR] [--json] %s [ARGUMENTS…]\n\nCommands:\n"),
      *words != '\0' ? words : _ ("COMMAND"));
  append_commands (out, words);
  g_string_append (
      out, _ ("\n“batonctl COMMAND --help” shows how one is used, “man batonctl” everything.\n"
              "The workspace is -w DIR, else $BATON_WORKSPACE, else the one in your data folder.\n"));
  fputs (out->str, stream);
}

/* The translation of nothing would be what is told of the translations. */
static const char *
arguments_of (const CtlCommand *command)
{
  return *command->arguments != '\0' ? _ (command->arguments) : "";
}

static GOptionContext *
new_context (const CtlCommand *command)
{
  g_autofree char *usage =
      command != NULL ? g_strstrip (g_strdup_printf ("%s %s", command->words, arguments_of (command))) : NULL;
  GOptionContext *context = g_option_context_new (usage);

  g_option_context_set_help_enabled (context, FALSE);
  if (command != NULL && command->options != NULL)
    g_option_context_add_main_entries (context, command->options, NULL);
  g_option_context_add_main_entries (context, globals, NULL);
  if (command != NULL)
    g_option_context_set_summary (context, _ (command->summary));
  return context;
}

/* Takes the options before the first word off the arguments. */
static gboolean
parse_globals (char ***args, GError **error)
{
  g_autoptr (GOptionContext) context = new_context (NULL);

  g_option_context_set_strict_posix (context, TRUE);
  return g_option_context_parse_strv (context, args, error);
}

static void
drop_argument (char **args, guint index)
{
  g_free (args[index]);
  memmove (
      &args[index], &args[index + 1], g_strv_length (&args[index + 1]) * sizeof (char *) + sizeof (char *));
}

/* Options are taken as bytes, because a locale without UTF-8 would refuse what is good for the workspace. */
static gboolean
check_options (const CtlCommand *command, GError **error)
{
  for (const GOptionEntry *entry = command->options; entry != NULL && entry->long_name != NULL; entry++)
    {
      char **value = entry->arg == G_OPTION_ARG_FILENAME         ? entry->arg_data
                     : entry->arg == G_OPTION_ARG_FILENAME_ARRAY ? *(char ***) entry->arg_data
                                                                 : NULL;
      guint n = value == NULL || entry->arg == G_OPTION_ARG_FILENAME ? 1 : g_strv_length (value);

      for (guint i = 0; value != NULL && i < n; i++)
        {
          if (value[i] != NULL && !g_utf8_validate (value[i], -1, NULL))
            return ctl_usage (error, _ ("The value of --%s is not valid UTF-8."), entry->long_name);
        }
    }
  return TRUE;
}

static gboolean
check_arguments (const CtlCommand *command, char **args, GError **error)
{
  guint n = g_strv_length (args);

  for (guint i = 0; i < n; i++)
    {
      if ((int) i + 1 != command->file && !g_utf8_validate (args[i], -1, NULL))
        return ctl_usage (error, _ ("Argument %u is not valid UTF-8."), i + 1);
    }
  if (n < (guint) command->least)
    return ctl_usage (error, _ ("“batonctl %s” wants: %s"), command->words, arguments_of (command));
  if (command->most >= 0 && n > (guint) command->most)
    return ctl_usage (
        error, _ ("“batonctl %s” does not know what to do with “%s”."), command->words, args[command->most]);
  return TRUE;
}

void
ctl_begin_making (Ctl *ctl)
{
  g_autofree char *blobs = g_build_filename (ctl->folder, "blobs", NULL);

  ctl->made = !baton_store_exists (ctl->folder) || baton_store_is_unborn (ctl->folder);
  ctl->made_blobs = ctl->made && !g_file_test (blobs, G_FILE_TEST_EXISTS);
  ctl_interrupt_begin ();
}

static void
remove_below (const char *place)
{
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_below (path);
      g_remove (path);
    }
}

/* A workspace that a failed command has made is taken away again, and only that. */
static void
unmake (Ctl *ctl)
{
  g_autofree char *blobs = g_build_filename (ctl->folder, "blobs", NULL);

  g_clear_pointer (&ctl->session, baton_session_close);
  if (ctl->made_blobs)
    remove_below (blobs);
  if (ctl->made)
    baton_store_remove (ctl->folder);
}

static gboolean
open_session (Ctl *ctl, CtlNeed need, GError **error)
{
  BatonSessionFlags flags = BATON_SESSION_READ;

  if (need == CTL_NEEDS_NOTHING)
    return TRUE;
  if (need == CTL_NEEDS_WRITING)
    flags = BATON_SESSION_WRITE;
  else if (need == CTL_NEEDS_MAKING)
    {
      flags = BATON_SESSION_WRITE | BATON_SESSION_CREATE;
      ctl_begin_making (ctl);
    }
  ctl->session = baton_session_open (ctl->folder, flags, error);
  if (ctl->session == NULL)
    return FALSE;
  ctl->reader = baton_session_reader (ctl->session);
  return need == CTL_NEEDS_READING || baton_session_ensure_me (ctl->session, error);
}

static void
ctl_clear (Ctl *ctl)
{
  g_clear_pointer (&ctl->session, baton_session_close);
  g_clear_pointer (&ctl->names, g_hash_table_unref);
  g_clear_pointer (&ctl->folder, g_free);
  g_string_free (ctl->out, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ctl, ctl_clear)

static CtlStatus
status_of (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return CTL_USAGE;
  if (error->domain != BATON_ERROR)
    return CTL_FAILED;
  switch (error->code)
    {
    case BATON_ERROR_NOT_FOUND:
      return CTL_NOT_FOUND;
    case BATON_ERROR_LOCKED:
      return CTL_LOCKED;
    case BATON_ERROR_READ_ONLY:
    case BATON_ERROR_NEWER:
    case BATON_ERROR_FULL:
      return CTL_READ_ONLY;
    case BATON_ERROR_CORRUPT:
      return CTL_DAMAGED;
    default:
      return CTL_FAILED;
    }
}

static CtlStatus
complain (const GError *error)
{
  fprintf (stderr, "batonctl: %s\n", error->message);
  if (error->domain == G_OPTION_ERROR)
    fputs (_ ("“batonctl --help” shows what there is.\n"), stderr);
  return status_of (error);
}

/* A reader that has gone away, as `head` does, is no reason for a message. */
static CtlStatus
write_out (const GString *out, CtlStatus status)
{
  if (fwrite (out->str, 1, out->len, stdout) == out->len && fflush (stdout) == 0)
    return status;
  if (errno != EPIPE)
    fprintf (stderr, _ ("batonctl: the answer could not be written: %s.\n"), g_strerror (errno));
  return CTL_FAILED;
}

static CtlStatus
run_command (const CtlCommand *command, char **args)
{
  g_auto (Ctl) ctl = { .json = json, .out = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;

  if (folder != NULL && *folder == '\0')
    ctl_usage (&error, _ ("The name of the workspace’s folder is empty."));
  ctl.folder = folder != NULL ? g_strdup (folder) : baton_session_default_folder ();
  ctl.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  baton_json_init (&ctl.writer, ctl.out);
  if (error != NULL || !check_arguments (command, args, &error) || !check_options (command, &error) ||
      !open_session (&ctl, command->need, &error) || !command->run (&ctl, args, &error))
    {
      CtlStatus status;

      unmake (&ctl);
      ctl_interrupt_end ();
      status = complain (error);
      if (g_error_matches (error, BATON_ERROR, BATON_ERROR_CANCELLED))
        ctl_interrupt_raise ();
      return status;
    }
  if (ctl.json)
    g_string_append_c (ctl.out, '\n');
  g_clear_pointer (&ctl.session, baton_session_close);
  ctl_interrupt_end ();
  return write_out (ctl.out, ctl.status);
}

static CtlStatus
parse_command (const CtlCommand *command, char ***args, GError **error)
{
  g_autoptr (GOptionContext) context = new_context (command);
  char **rest;

  if (!g_option_context_parse_strv (context, args, error))
    return complain (*error);
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      fputs (text, stdout);
      return CTL_OK;
    }
  drop_argument (*args, 0);
  rest = *args;
  for (guint i = 0; rest[i] != NULL; i++)
    {
      if (g_str_equal (rest[i], "--"))
        {
          drop_argument (rest, i);
          break;
        }
    }
  return run_command (command, rest);
}

/* Options may stand before, between and after the words of a command. */
static CtlStatus
dispatch (char ***args)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const CtlCommand *command = NULL;
  gboolean more = TRUE;

  while (TRUE)
    {
      if (!parse_globals (args, &error))
        {
          /* It may be an option of the command. */
          if (command == NULL)
            return complain (error);
          g_clear_error (&error);
          break;
        }
      if (!more || (*args)[1] == NULL)
        break;
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", (*args)[1]);
      drop_argument (*args, 1);
      command = find_command (words->str, &more);
      if (command == NULL && !more)
        {
          fprintf (stderr, _ ("batonctl: there is no command “%s”.\n"), words->str);
          fputs (_ ("“batonctl --help” shows what there is.\n"), stderr);
          return CTL_USAGE;
        }
      if (command != NULL)
        break;
    }
  if (version)
    command = find_command ("version", &more);
  if (command != NULL)
    return parse_command (command, args, &error);
  show_commands (words->str, help ? stdout : stderr);
  return help ? CTL_OK : CTL_USAGE;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) args = NULL;

  const char *translations = g_getenv ("BATON_LOCALEDIR"); /* for tests and translators: not installed yet */

  setlocale (LC_ALL, "");
  bindtextdomain (BATON_GETTEXT_PACKAGE, translations != NULL ? translations : BATON_LOCALEDIR);
  bind_textdomain_codeset (BATON_GETTEXT_PACKAGE, "UTF-8");
  textdomain (BATON_GETTEXT_PACKAGE);
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("batonctl");
  args = g_strdupv (argv);
  return dispatch (&args);
}
