"""What each setting is for, in Chinese, as ``minsheng settings`` prints it; by the setting's name."""

MEANINGS: dict[str, str] = {
    "DATA_FOLDER": "存放上传文件、内置数据库和密钥文件的文件夹。",
    "DATABASE_URL": "数据库地址，例如 postgres://用户:密码@主机/库名；留空则用数据文件夹里的 SQLite。",
    "SECRET_KEY": "给登录会话签名的密钥；留空则自动生成一次，保存在数据文件夹里。",
    "DEBUG": "出错时显示给开发人员看的页面；正式网站不要打开。",
    "ALLOWED_HOSTS": "网站可以使用的主机名，用逗号隔开。",
    "TRUSTED_ORIGINS": "网站前面有代理时，允许提交表单的来源（https://主机），用逗号隔开。",
    "HTTPS": "网站通过 HTTPS 访问：使用安全 Cookie，并要求浏览器只走 HTTPS。",
    "TIME_ZONE": "页面上日期所用的时区。",
    "SESSION_HOURS": "登录后多少小时要重新登录。",
    "SESSION_IDLE_MINUTES": "多少分钟没有操作要重新登录；0 为不限。",
    "INVITATION_DAYS": "邀请链接几天内有效。",
    "PASSWORD_LINK_HOURS": "重设密码链接几小时内有效。",
    "SECOND_FACTOR_ROLES": "哪些岗位的人登录时必须输入动态验证码；留空为都不要求。",
    "LOCKOUT_FAILURES": "连续输错多少次密码后，这个账号在该地址被锁定。",
    "LOCKOUT_MINUTES": "锁定多少分钟。",
    "UPLOAD_LIMIT_MB": "上传文件的大小上限（MB）。",
    "STALL_SECONDS": "读取任务多少秒没有动静就视为中断，重新排队。",
    "TASKS_AT_ONCE": "后台任务在请求里直接做，不交给后台进程（用于测试和很小的网站）。",
}
