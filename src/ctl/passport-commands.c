/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "asset-find.h"
#include "deliver.h"

#include "notes.h"
#include "passport.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A card as a document, and its review notes. */

static char *board_name;
static char *format;
static char *output;

static const GOptionEntry passport_options[] = {
  CTL_BOARD_OPTION (board_name),
  { "format", 'f', 0, G_OPTION_ARG_FILENAME, &format, N_ ("markdown (the default), html, pdf or json"),
      N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where to, instead of standard output"),
      N_ ("FILE") },
  { NULL },
};
static const GOptionEntry notes_options[] = {
  CTL_BOARD_OPTION (board_name),
  { "format", 'f', 0, G_OPTION_ARG_FILENAME, &format, N_ ("csv (the default) or pdf"), N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where to, instead of standard output"),
      N_ ("FILE") },
  { NULL },
};

typedef gboolean (*WriteFunc) (Ctl *ctl, const char *card, const char *path, GError **error);

static BatonBlobs *
blobs_of (Ctl *ctl)
{
  return baton_workspace_blobs (baton_session_workspace (ctl->session));
}

static void
tell_output (Ctl *ctl)
{
  if (!ctl_is_stream (output))
    ctl_say (ctl, "%s", output);
  if (!ctl->json)
    return;
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_bool (&ctl->writer, "ok", TRUE);
  baton_json_string (&ctl->writer, "output", output);
  baton_json_end_object (&ctl->writer);
}

/* Made in a file that nobody else sees, and only then put where it was wanted. */
static gboolean
make (Ctl *ctl, const char *card, WriteFunc func, GString *made, GError **error)
{
  g_autofree char *path = NULL;
  gboolean ok;

  if (!ctl_temporary (&path, error))
    return FALSE;
  ok = func (ctl, card, path, error) && ctl_read_back (path, made, error);
  g_unlink (path);
  return ok;
}

/* Into the file that was named, else to standard output. */
static gboolean
write_out (Ctl *ctl, const char *card, gboolean binary, WriteFunc func, GError **error)
{
  g_autoptr (GString) made = g_string_new (NULL);

  if (!ctl_is_standard_output (output))
    {
      if (!make (ctl, card, func, made, error) || !ctl_write_file (output, made->str, made->len, error))
        return FALSE;
      tell_output (ctl);
      return TRUE;
    }
  if (binary && isatty (STDOUT_FILENO))
    return ctl_usage (error, _ ("A PDF file is nothing for a terminal; name a file with --output."));
  if (!make (ctl, card, func, ctl->out, error))
    return FALSE;
  ctl->json = FALSE; /* what was written is the whole answer */
  return TRUE;
}

static BatonPassportFormat wanted;

static gboolean
write_passport (Ctl *ctl, const char *card, const char *path, GError **error)
{
  return baton_passport_write (ctl->reader, blobs_of (ctl), card, wanted, path, error);
}

static gboolean
run_passport (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, args[0], error);
  const char *name = format != NULL ? format : ctl->json ? "json" : "markdown";

  if (card == NULL)
    return FALSE;
  if (!baton_passport_format (name, &wanted))
    return ctl_usage (error, _ ("There is no format “%s”; there are markdown, html, pdf and json."), name);
  return write_out (ctl, card->id, wanted == BATON_PASSPORT_PDF, write_passport, error);
}

static gboolean
write_notes_csv (Ctl *ctl, const char *card, const char *path, GError **error)
{
  g_autofree char *text = baton_notes_csv (ctl->reader, blobs_of (ctl), card, error);

  return text != NULL && g_file_set_contents (path, text, -1, error);
}

static gboolean
write_notes_pdf (Ctl *ctl, const char *card, const char *path, GError **error)
{
  return baton_notes_write_pdf (ctl->reader, blobs_of (ctl), card, path, error);
}

static gboolean
run_notes (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, args[0], error);
  gboolean pdf = g_strcmp0 (format, "pdf") == 0;

  if (card == NULL)
    return FALSE;
  if (!pdf && format != NULL && !g_str_equal (format, "csv"))
    return ctl_usage (error, _ ("There is no format “%s”; there are csv and pdf."), format);
  return write_out (ctl, card->id, pdf, pdf ? write_notes_pdf : write_notes_csv, error);
}

const CtlCommand ctl_passport_commands[] = {
  { "passport", N_ ("CARD"), N_ ("Write a card as one document, to be printed or handed on"), 1, 1,
      CTL_NEEDS_READING, passport_options, run_passport, 0 },
  { "review notes", N_ ("CARD"), N_ ("Write what was said about the versions of a card, with their marks"), 1,
      1, CTL_NEEDS_READING, notes_options, run_notes, 0 },
  { NULL },
};
