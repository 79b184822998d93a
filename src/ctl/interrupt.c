/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "interrupt.h"

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static const int stopping[] = { SIGINT, SIGTERM, SIGHUP };

static volatile sig_atomic_t caught;
static gboolean caring;
static gboolean shown;
static struct sigaction before[G_N_ELEMENTS (stopping)];

/* The second signal is not waited for: the handler is there for one. */
static void
stop_cb (int signal)
{
  caught = signal;
}

void
ctl_interrupt_begin (void)
{
  struct sigaction action = { .sa_handler = stop_cb, .sa_flags = (int) SA_RESETHAND | SA_RESTART };

  if (caring)
    return;
  caring = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (stopping); i++)
    {
      sigaction (stopping[i], NULL, &before[i]);
      /* What nohup and the background of a script ignore stays ignored. */
      if (before[i].sa_handler != SIG_IGN)
        sigaction (stopping[i], &action, NULL);
    }
}

static void
clear_line (void)
{
  if (shown)
    fputs ("\r\033[K", stderr);
  shown = FALSE;
}

void
ctl_interrupt_end (void)
{
  clear_line ();
  for (guint i = 0; caring && i < G_N_ELEMENTS (stopping); i++)
    sigaction (stopping[i], &before[i], NULL);
  caring = FALSE;
}

void
ctl_interrupt_raise (void)
{
  int signal = caught;

  ctl_interrupt_end ();
  if (signal != 0)
    raise (signal);
}

gboolean
ctl_interrupt_show (double done, const char *words)
{
  if (isatty (STDERR_FILENO))
    {
      fprintf (stderr, "\r%s %3.0f %%", words, CLAMP (done, 0, 1) * 100);
      shown = TRUE;
    }
  return caught == 0;
}

gboolean
ctl_interrupt_progress (guint done, guint total, gpointer words)
{
  return ctl_interrupt_show (total > 0 ? (double) done / total : 0, words);
}
