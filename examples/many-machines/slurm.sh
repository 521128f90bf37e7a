#!/usr/bin/env bash
# A sweep in 16 fixed parts, without a queue: sbatch slurm.sh, in the folder of your project, on a disk that all nodes share.
# A part that runs out of time, or is preempted, saves its runs and is put into the queue of SLURM again, where it goes on.
#SBATCH --job-name=rates
#SBATCH --array=1-16%8
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=rates-%A-%a.log
#SBATCH --signal=B:USR1@120
set -u

# Not SLURM_ARRAY_TASK_COUNT: it is smaller where only some parts are begun again, with sbatch --array=3,7.
parts=16
out_of_time=

# USR1 comes to this shell alone, two minutes before the time is over. TERM, by scancel or preemption, comes to all processes of
# the job: to pass it on would be a second one, at which the sweep ends without saving.
trap 'out_of_time=yes; [ -z "${!:-}" ] || kill -TERM "$!"' USR1
trap : TERM

node_modules/.bin/ascent sweep reinforce CartPole-v1 \
  --grid learningRate=1e-4,1e-3,1e-2,1e-1 --grid gamma=0.9,0.95,0.99 --seeds 10 \
  --shard "$SLURM_ARRAY_TASK_ID/$parts" --jobs "${SLURM_CPUS_PER_TASK:-1}" --out runs/rates &
sweep=$!

# A trapped signal ends `wait` before the sweep has ended.
while :; do
  wait "$sweep"
  code=$?
  kill -0 "$sweep" 2> /dev/null || break
done

# 143: it was stopped by TERM, and everything is saved. After a preemption, SLURM itself puts the part into its queue again.
if [ "$code" = 143 ] && [ -n "$out_of_time" ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$code"
